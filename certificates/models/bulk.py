from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certificates.choices import ItemState, ReissueKind
from certificates.models.certificates import Certificate
from courses.models import Module, Release


class Reissue(models.Model):
    """New papers for every certificate of a module. `release` is where a replacement takes its credit from."""

    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="reissues")
    kind = models.CharField(_("kind"), max_length=10, choices=ReissueKind)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("begun"), auto_now_add=True)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)

    class Meta:
        verbose_name = _("reissue")
        verbose_name_plural = _("reissues")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ReissueKind.values), name="reissue_kind"),
            models.CheckConstraint(
                condition=Q(kind=ReissueKind.REPLACE, release__isnull=False)
                | Q(kind=ReissueKind.REDRAW, release__isnull=True),
                name="reissue_replacement_has_release",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.module_id} {self.kind}"


class ReissueItem(models.Model):
    """One certificate of a reissue; what became of it."""

    reissue = models.ForeignKey(Reissue, on_delete=models.CASCADE, related_name="items")
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=ItemState, default=ItemState.PENDING)
    error = models.TextField(_("error"), blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("item of a reissue")
        verbose_name_plural = _("items of a reissue")
        ordering = ["id"]
        indexes = [models.Index(fields=["reissue", "id"], condition=Q(state="pending"), name="reissue_item_pending")]
        constraints = [
            models.UniqueConstraint(fields=["reissue", "certificate"], name="reissue_item_once"),
            models.CheckConstraint(condition=Q(state__in=ItemState.values), name="reissue_item_state"),
        ]

    def __str__(self) -> str:
        return f"{self.reissue_id}/{self.certificate_id} {self.state}"
