from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SigningCertificate(models.Model):
    """The public half of a key that has signed papers here: kept for ever, so that each of them can be checked.

    `key_id` is the first 16 hexadecimal digits of the SHA-256 of the X.509 certificate.
    """

    key_id = models.CharField(_("signing key"), max_length=16, unique=True)
    pem = models.TextField(_("certificate"))
    is_development = models.BooleanField(_("made for development"), default=False)
    added_at = models.DateTimeField(_("added"), default=timezone.now)

    class Meta:
        verbose_name = _("signing certificate")
        verbose_name_plural = _("signing certificates")
        ordering = ["-added_at", "-id"]

    def __str__(self) -> str:
        return self.key_id
