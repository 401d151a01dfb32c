from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

BOTH = "both"
# A paper may be drawn in either language, and in the two side by side.
PAPERS = [("en", _("English")), ("es", _("Spanish")), (BOTH, _("English and Spanish"))]


class Status(StrEnum):
    """What the verification page answers."""

    VALID = "valid"
    REPLACED = "replaced"
    REVOKED = "revoked"
    EXPIRED = "expired"

    @property
    def has_ended(self) -> bool:
        """Before its time and for good; what expired was earned all the same."""
        return self in (Status.REPLACED, Status.REVOKED)


class RevocationCategory(TextChoices):
    """The public reason; the note beside it is private."""

    ERROR = "error", pgettext_lazy("reason for revoking", "It was issued by mistake.")
    IDENTITY = "identity", pgettext_lazy("reason for revoking", "It names the wrong person.")
    INTEGRITY = "integrity", pgettext_lazy("reason for revoking", "The training was not completed as required.")
    REQUEST = "request", pgettext_lazy("reason for revoking", "Its holder asked for it.")


class Act(TextChoices):
    """What happened to a certificate, as its trail tells it."""

    ISSUED = "issued", pgettext_lazy("certificate", "Issued")
    DRAWN = "drawn", pgettext_lazy("certificate", "Drawn")
    ASKED = "asked", pgettext_lazy("certificate", "Correction asked for")
    WITHDRAWN = "withdrawn", pgettext_lazy("certificate", "Request for correction taken back")
    REFUSED = "refused", pgettext_lazy("certificate", "Correction refused")
    REPLACED = "replaced", pgettext_lazy("certificate", "Replaced")
    REVOKED = "revoked", pgettext_lazy("certificate", "Revoked")
    RENEWED = "renewed", pgettext_lazy("certificate", "Renewed")
    REMINDED = "reminded", pgettext_lazy("certificate", "Reminder of the expiry sent")
    DIFFERED = "differed", pgettext_lazy("certificate", "Stored file found altered")
    ERASED = "erased", pgettext_lazy("certificate", "Erased at the end of its retention")


class RequestState(TextChoices):
    OPEN = "open", pgettext_lazy("correction", "Waiting for a decision")
    APPROVED = "approved", pgettext_lazy("correction", "Approved")
    REFUSED = "refused", pgettext_lazy("correction", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("correction", "Withdrawn")


class ReissueKind(TextChoices):
    """A new paper keeps code and words; a replacement is a successor with another edition's words on its credit."""

    REDRAW = "redraw", pgettext_lazy("reissue", "Draw the papers again, with the same codes")
    REPLACE = "replace", pgettext_lazy("reissue", "Replace the certificates, with new codes")


class ItemState(TextChoices):
    PENDING = "pending", pgettext_lazy("reissue", "Waiting")
    DONE = "done", pgettext_lazy("reissue", "Done")
    SKIPPED = "skipped", pgettext_lazy("reissue", "Not needed any more")
    FAILED = "failed", pgettext_lazy("reissue", "Failed")
