"""A public key as its page shows it."""

from datetime import datetime
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from certificates.models import SigningCertificate


class Key(NamedTuple):
    """`fingerprint` is the SHA-256 of the certificate, as every tool that reads certificates writes it."""

    key_id: str
    owner: str
    fingerprint: str
    begins: datetime
    ends: datetime
    first_used: datetime
    is_development: bool


def shown(row: SigningCertificate) -> Key:
    certificate = x509.load_pem_x509_certificate(row.pem.encode())
    return Key(
        key_id=row.key_id,
        owner=_owner(certificate.subject),
        fingerprint=certificate.fingerprint(SHA256()).hex(":").upper(),
        begins=certificate.not_valid_before_utc,
        ends=certificate.not_valid_after_utc,
        first_used=row.added_at,
        is_development=row.is_development,
    )


def _owner(subject: x509.Name) -> str:
    named = [*subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME), *subject]
    return str(named[0].value) if named else ""
