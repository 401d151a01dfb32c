from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.choices import Act
from courses.models.keyed import choices_of
from courses.models.modules import Module


class Change(models.Model):
    """What somebody did to one part of a draft: appended, never rewritten; nothing that was ever written is lost.

    `part` and `row` say which (courses/parts.py), `place` its keys from the outside in at that time; `fields` maps each
    changed column to its value before and after.
    """

    module = models.ForeignKey(Module, on_delete=models.CASCADE, null=True, related_name="changes")
    part = models.CharField(_("part"), max_length=20)
    row = models.PositiveBigIntegerField(_("row"))
    place = models.CharField(_("place"), max_length=400)
    act = models.CharField(_("what was done"), max_length=20, choices=choices_of(Act))
    fields = models.JSONField(_("fields"), default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-id"]
        indexes = [models.Index(fields=["part", "row"], name="change_of_row")]
        constraints = [models.CheckConstraint(condition=Q(act__in=list(Act)), name="change_act")]
