from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates import codes
from certificates.choices import RevocationCategory, Status
from certificates.document import Facts, decode
from courses.choices import LOCALES
from learning.models import Completion

ACTIVE = Q(replaced_at__isnull=True, revoked_at__isnull=True)


class Certificate(models.Model):
    """A set of frozen facts. A correction makes a successor that `replaces` this one; nothing is ever deleted."""

    completion = models.ForeignKey(Completion, on_delete=models.PROTECT, related_name="certificates")
    code = models.CharField(_("verification code"), max_length=codes.LENGTH, unique=True, default=codes.new)
    printed_name = models.CharField(_("printed name"), max_length=120)
    locale = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    facts = models.JSONField(_("what the paper says"))
    issued_at = models.DateTimeField(_("issued"), default=timezone.now)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("issued by")
    )
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("replaces")
    )
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revocation_category = models.CharField(
        _("reason for revoking"), max_length=20, choices=RevocationCategory, blank=True
    )
    revocation_note = models.TextField(_("private note"), blank=True)
    expires_on = models.DateField(_("expires"), null=True, blank=True)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["completion"], condition=ACTIVE, name="certificate_one_active"),
            models.CheckConstraint(condition=Q(locale__in=LOCALES), name="certificate_locale"),
            models.CheckConstraint(
                condition=Q(revocation_category__in=["", *RevocationCategory.values]),
                name="certificate_revocation_category",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revocation_category="", revocation_note="")
                | Q(revoked_at__isnull=False) & ~Q(revocation_category=""),
                name="certificate_revoked_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")), name="certificate_replaces_another"
            ),
        ]

    def __str__(self) -> str:
        return self.shown_code

    @property
    def shown_code(self) -> str:
        return codes.shown(self.code)

    @property
    def document(self) -> Facts:
        return decode(self.facts)

    def status(self, today: date) -> Status:
        if self.revoked_at:
            return Status.REVOKED
        if self.replaced_at:
            return Status.REPLACED
        if self.expires_on and self.expires_on < today:
            return Status.EXPIRED
        return Status.VALID


class Drawing(models.Model):
    """A certificate's picture, kept as issued: `digest` is the SHA-256 of its file."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="drawings")
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    template = models.PositiveSmallIntegerField(_("template"))
    digest = models.CharField(_("digest"), max_length=64)
    file = models.FileField(_("file"), max_length=200)
    drawn_at = models.DateTimeField(_("drawn"), default=timezone.now)

    class Meta:
        verbose_name = _("drawing")
        verbose_name_plural = _("drawings")
        ordering = ["-template", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["certificate", "language", "template"], name="drawing_once_a_template"),
            models.CheckConstraint(condition=Q(language__in=LOCALES), name="drawing_language"),
        ]

    def __str__(self) -> str:
        return self.file.name
