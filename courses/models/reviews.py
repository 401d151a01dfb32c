from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.choices import SignOffKind
from courses.models.keyed import choices_of
from courses.models.modules import Module


class ReviewRequest(models.Model):
    """Somebody asks others to read the draft whose document has `digest`; any later edit makes it another draft."""

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="review_requests")
    digest = models.CharField(_("digest"), max_length=64)
    note = models.CharField(_("note"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("request for review")
        verbose_name_plural = _("requests for review")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["module", "digest"], name="review_request_digest")]


class SignOff(models.Model):
    """What a reviewer says of the draft with `digest`; the latest of each kind counts."""

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="sign_off_rows")
    digest = models.CharField(_("digest"), max_length=64)
    kind = models.CharField(_("as"), max_length=20, choices=choices_of(SignOffKind))
    approved = models.BooleanField(_("approved"))
    note = models.CharField(_("note"), max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(SignOffKind)), name="sign_off_kind"),
            models.CheckConstraint(condition=Q(approved=True) | ~Q(note=""), name="sign_off_refusal_has_note"),
        ]
