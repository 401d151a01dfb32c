from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.choices import LOCALES


class Transcript(models.Model):
    """Everything somebody earned, as it stood at `asked_at`: `rows` are frozen, the file is drawn by a worker."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="transcripts")
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    rows = models.JSONField(_("what it lists"))
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    digest = models.CharField(_("digest"), max_length=64, blank=True)
    file = models.FileField(_("file"), max_length=200, blank=True)
    drawn_at = models.DateTimeField(_("drawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("transcript")
        verbose_name_plural = _("transcripts")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(language__in=LOCALES), name="transcript_language"),
            models.CheckConstraint(
                condition=Q(drawn_at__isnull=True, digest="", file="")
                | Q(drawn_at__isnull=False) & ~Q(digest="") & ~Q(file=""),
                name="transcript_drawn_with_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.asked_at:%Y-%m-%d}"
