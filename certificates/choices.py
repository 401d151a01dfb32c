from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Status(StrEnum):
    """What the verification page answers."""

    VALID = "valid"
    REPLACED = "replaced"
    REVOKED = "revoked"
    EXPIRED = "expired"


class RevocationCategory(TextChoices):
    """The public reason; the note beside it is private."""

    ERROR = "error", pgettext_lazy("reason for revoking", "It was issued by mistake.")
    IDENTITY = "identity", pgettext_lazy("reason for revoking", "It names the wrong person.")
    INTEGRITY = "integrity", pgettext_lazy("reason for revoking", "The training was not completed as required.")
    REQUEST = "request", pgettext_lazy("reason for revoking", "Its holder asked for it.")
