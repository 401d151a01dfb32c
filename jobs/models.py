from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs import sealing
from jobs.choices import JobState

HELD = Q(lease_token__isnull=False, lease_until__isnull=False)
FREE = Q(lease_token__isnull=True, lease_until__isnull=True)
ENDED = [JobState.DONE, JobState.FAILED]


class JobQuerySet(models.QuerySet["Job"]):
    def due(self, kinds: list[str]) -> "JobQuerySet":
        return self.filter(state=JobState.PENDING, run_after__lte=timezone.now(), kind__in=kinds)

    def abandoned(self) -> "JobQuerySet":
        return self.filter(state=JobState.RUNNING, lease_until__lt=timezone.now())


class Job(models.Model):
    """Work that outlives a request. The row is the queue: it is written in the transaction that needs the work."""

    kind = models.CharField(_("kind"), max_length=80)
    payload = models.JSONField(_("payload"), default=dict)
    key = models.CharField(_("key"), max_length=200, unique=True, null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=JobState, default=JobState.PENDING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    run_after = models.DateTimeField(_("run after"), default=timezone.now)
    lease_token = models.UUIDField(null=True, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    error = models.TextField(_("last error"), blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        indexes = [
            models.Index(fields=["run_after", "id"], condition=Q(state=JobState.PENDING), name="job_pending"),
            models.Index(fields=["lease_until"], condition=Q(state=JobState.RUNNING), name="job_running"),
            models.Index(fields=["finished_at"], condition=Q(state=JobState.DONE), name="job_done"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="job_state"),
            models.CheckConstraint(
                condition=(Q(state=JobState.RUNNING) & HELD) | (~Q(state=JobState.RUNNING) & FREE),
                name="job_leased_while_running",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED, finished_at__isnull=False)
                | (~Q(state__in=ENDED) & Q(finished_at__isnull=True)),
                name="job_finished_when_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Mail(models.Model):
    """A letter on its way. A secret one lies sealed, and only until it is sent or no longer worth sending."""

    recipient = models.EmailField(_("recipient"))
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(blank=True)
    html = models.TextField(blank=True)
    secret = models.BooleanField(_("secret"), default=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        constraints = [
            models.CheckConstraint(condition=Q(secret=False) | Q(expires_at__isnull=False), name="mail_secret_expires"),
            models.CheckConstraint(
                condition=Q(secret=False) | Q(sent_at__isnull=True) | Q(body="", html=""), name="mail_secret_wiped"
            ),
        ]
        indexes = [models.Index(fields=["created_at"], name="mail_created")]

    def __str__(self) -> str:
        return f"{self.subject} ({self.recipient})"

    @property
    def has_expired(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()

    def opened(self) -> tuple[str, str]:
        """Text and HTML as they are to be read."""
        if self.secret:
            return sealing.open_sealed(self.body), sealing.open_sealed(self.html)
        return self.body, self.html


class LocalMail(models.Model):
    """What the local outbox was given to deliver; the demonstration shows it on a page instead of sending it."""

    recipient = models.CharField(max_length=254)
    language = models.CharField(max_length=5, blank=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    delivered_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.subject} ({self.recipient})"
