from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.choices import BlockKind
from courses.models.keyed import Keyed, choices_of, unique_key
from courses.models.modules import Source, Step


class Block(Keyed):
    """The unit of a lesson, of translation and of staleness. Checks and sorts keep their options in a Question."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="blocks")
    kind = models.CharField(_("kind"), max_length=20, choices=choices_of(BlockKind))
    heading = models.CharField(_("heading"), max_length=200, blank=True)
    body = models.TextField(_("body"), blank=True)
    image = models.CharField(_("picture"), max_length=200, blank=True)
    alt = models.TextField(_("alternative text"), blank=True)
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    file = models.CharField(_("file"), max_length=200, blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    sources = models.ManyToManyField(Source, blank=True)

    class Meta(Keyed.Meta):
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        constraints = [
            unique_key("block_key", "step"),
            models.CheckConstraint(condition=Q(kind__in=list(BlockKind)), name="block_kind"),
        ]
