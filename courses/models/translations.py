from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.choices import LOCALES
from courses.models.keyed import Keyed
from courses.models.modules import Module


class Translation(models.Model):
    """From which words one text was last translated, and which pair of words somebody has reviewed.

    The text is `field` of row `row` of `part` (courses/parts.py); `source` is the language it is translated from.
    """

    module = models.ForeignKey(Module, on_delete=models.CASCADE, null=True, related_name="translations")
    part = models.CharField(_("part"), max_length=20)
    row = models.PositiveBigIntegerField(_("row"))
    field = models.CharField(_("text"), max_length=40)
    source = models.CharField(_("translated from"), max_length=5, choices=settings.LANGUAGES)
    made_from = models.TextField(_("source text at that time"), blank=True)
    source_digest = models.CharField(_("its digest"), max_length=64, blank=True)
    reviewed_digest = models.CharField(_("digest of the reviewed pair"), max_length=64, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("time"), auto_now=True)

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints = [
            models.UniqueConstraint(fields=["part", "row", "field"], name="translation_of_text"),
            models.CheckConstraint(condition=Q(source__in=list(LOCALES)), name="translation_source"),
        ]


class Term(Keyed):
    """An approved term in both languages, and the words to avoid for it, separated by commas."""

    key = models.SlugField(_("key"), max_length=80, unique=True)
    name = models.CharField(_("term"), max_length=120)
    avoid = models.CharField(_("words to avoid"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(Keyed.Meta):
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
