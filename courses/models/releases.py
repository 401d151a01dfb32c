from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.choices import LOCALES, Availability
from courses.document import Document, decode
from courses.models.keyed import choices_of
from courses.models.modules import Module

_decoded: dict[str, Document] = {}


class ReleaseIsFrozen(Exception):
    """Raised when code tries to change or delete a release; on PostgreSQL a trigger refuses too."""


class ReleaseQuerySet(models.QuerySet["Release"]):
    def update(self, **fields):
        raise ReleaseIsFrozen

    def delete(self):
        raise ReleaseIsFrozen


class Release(models.Model):
    """One immutable edition of a module: what learners read, and what an auditor can be shown years later."""

    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField(_("number"))
    locales = models.JSONField(_("languages"))
    document = models.TextField(_("document"))
    digest = models.CharField(_("digest"), max_length=64)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["module", "-number"]
        constraints = [models.UniqueConstraint(fields=["module", "number"], name="release_number")]

    def __str__(self) -> str:
        return f"{self.module_id}/{self.number}"

    def save(self, *args, **kwargs) -> None:
        if self.pk:
            raise ReleaseIsFrozen
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise ReleaseIsFrozen

    @property
    def content(self) -> Document:
        """The decoded document, once per process: it never changes, so nothing ever has to invalidate it."""
        if self.digest not in _decoded:
            _decoded[self.digest] = decode(self.document)
        return _decoded[self.digest]


class ReleaseEvent(models.Model):
    """A locale of a release opened for enrolment or withdrawn; the latest event of a locale counts."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="events")
    locale = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    kind = models.CharField(_("kind"), max_length=10, choices=choices_of(Availability))
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("release event")
        verbose_name_plural = _("release events")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(Availability)), name="release_event_kind"),
            models.CheckConstraint(condition=Q(locale__in=list(LOCALES)), name="release_event_locale"),
            models.CheckConstraint(
                condition=Q(kind=Availability.OPENED) | ~Q(reason=""),
                name="release_event_withdrawal_has_reason",
            ),
        ]
