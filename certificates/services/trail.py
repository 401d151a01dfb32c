"""The one writer of the trail."""

from accounts.models import User
from certificates.choices import Act
from certificates.models import Certificate, CertificateEvent


def record(
    certificate: Certificate, act: Act, *, by: User | None, note: str = "", other: Certificate | None = None
) -> CertificateEvent:
    """Call it in the transaction that does what it tells. `note` is private."""
    return CertificateEvent.objects.create(certificate=certificate, act=act, by=by, note=note, other=other)
