from datetime import date

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates import codes
from certificates.choices import PAPERS, RevocationCategory, Status
from certificates.document import Facts, decode
from courses.choices import LOCALES
from learning.models import Completion

NABP_ID = RegexValidator(r"^[0-9]{4,10}\Z")
ACTIVE = Q(replaced_at__isnull=True, revoked_at__isnull=True)


class Certificate(models.Model):
    """A set of frozen facts, in the language of the completion: a trigger refuses to change them.

    A correction makes a successor that `replaces` this one; finishing the module again, one that `renews` it. Nothing
    is deleted; at the end of its retention the facts are wiped (`erased_at`).
    """

    completion = models.ForeignKey(Completion, on_delete=models.PROTECT, related_name="certificates")
    offer = models.SlugField(_("credit offer"), max_length=80)
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
    renews = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="renewed_by", verbose_name=_("renews")
    )
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revocation_category = models.CharField(
        _("reason for revoking"), max_length=20, choices=RevocationCategory, blank=True
    )
    revocation_note = models.TextField(_("private note"), blank=True)
    expires_on = models.DateField(_("expires"), null=True, blank=True)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["completion", "offer"], condition=ACTIVE, name="certificate_one_active"),
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
            models.CheckConstraint(
                condition=Q(renews__isnull=True) | ~Q(renews=F("id")), name="certificate_renews_another"
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
    """A certificate's picture, kept as issued: `digest` is the SHA-256 of its file, `key_id` names what signed it.

    Where the file was lost the row stays, since copies of it are in people's hands, and another takes its place.
    """

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="drawings")
    language = models.CharField(_("language"), max_length=5, choices=PAPERS)
    template = models.PositiveSmallIntegerField(_("template"))
    key_id = models.CharField(_("signing key"), max_length=16)
    digest = models.CharField(_("digest"), max_length=64, db_index=True)
    file = models.FileField(_("file"), max_length=200)
    drawn_at = models.DateTimeField(_("drawn"), default=timezone.now)
    lost_at = models.DateTimeField(_("found lost"), null=True, blank=True)

    class Meta:
        verbose_name = _("drawing")
        verbose_name_plural = _("drawings")
        ordering = ["-template", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "language", "template", "key_id"],
                condition=Q(lost_at__isnull=True),
                name="drawing_once_a_template",
            ),
            models.CheckConstraint(
                condition=Q(language__in=[language for language, _name in PAPERS]), name="drawing_language"
            ),
        ]

    def __str__(self) -> str:
        return self.file.name


class ReportingData(models.Model):
    """What a pharmacist's credit is reported with, never shown or printed: NABP e-Profile ID, birthday as MMDD."""

    certificate = models.OneToOneField(Certificate, on_delete=models.PROTECT, related_name="reporting")
    nabp_id = models.CharField(_("NABP e-Profile ID"), max_length=20, validators=[NABP_ID])
    birthday = models.CharField(_("birthday, MMDD"), max_length=4, validators=[RegexValidator(r"^[0-9]{4}\Z")])

    class Meta:
        verbose_name = _("reporting data")
        verbose_name_plural = _("reporting data")

    def __str__(self) -> str:
        return f"{self.certificate_id}"
