from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certificates.choices import Act, RequestState
from certificates.models.certificates import Certificate


class TrailIsFrozen(Exception):
    """Raised when code tries to change or delete what the trail tells; triggers refuse too."""


class EventQuerySet(models.QuerySet["CertificateEvent"]):
    def update(self, **fields):
        raise TrailIsFrozen

    def delete(self):
        raise TrailIsFrozen


class CertificateEvent(models.Model):
    """Who did what to a certificate, when and why. Appended, never changed. `by` is empty for what happens by itself.

    `note` is private. `other` is the certificate on the other side: the successor, the renewal.
    """

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="events")
    act = models.CharField(_("act"), max_length=20, choices=Act)
    at = models.DateTimeField(_("time"), auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(_("private note"), blank=True)
    other = models.ForeignKey(Certificate, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate event")
        verbose_name_plural = _("certificate events")
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=Q(act__in=Act.values), name="certificate_event_act")]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.act}"

    def save(self, *args, **kwargs) -> None:
        if self.pk:
            raise TrailIsFrozen
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TrailIsFrozen


class CorrectionRequest(models.Model):
    """A learner asks for another name or license on a certificate; support decides. The learner reads `answer`."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="correction_requests")
    printed_name = models.CharField(_("name asked for"), max_length=120)
    license_number = models.CharField(_("license number"), max_length=40, blank=True)
    license_state = models.CharField(_("state of the license"), max_length=2, blank=True)
    reason = models.CharField(_("reason"), max_length=1000)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=10, choices=RequestState, default=RequestState.OPEN)
    answer = models.CharField(_("answer to the learner"), max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("correction request")
        verbose_name_plural = _("correction requests")
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="correction_request_state"),
            models.UniqueConstraint(
                fields=["certificate"], condition=Q(state=RequestState.OPEN), name="correction_request_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.OPEN, decided_by__isnull=True, decided_at__isnull=True)
                | ~Q(state=RequestState.OPEN) & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="correction_request_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.state}"
