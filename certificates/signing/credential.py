"""What papers are signed with: a P-256 key and the X.509 certificate that names its owner. Pure."""

from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

KEY_ID_LENGTH = 16


class KeyRefused(Exception):
    """There is nothing to sign with, or it must not be signed with. The text says why, and never holds the key."""


@dataclass(frozen=True)
class Credential:
    """`chain` are the certificates above its own, as far as they were given."""

    key: ec.EllipticCurvePrivateKey = field(repr=False)
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def key_id(self) -> str:
        return key_id(self.certificate)

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(Encoding.PEM).decode()


def key_id(certificate: x509.Certificate) -> str:
    return certificate.fingerprint(SHA256()).hex()[:KEY_ID_LENGTH]


def read(key_pem: bytes, certificate_pem: bytes, password: str = "") -> Credential:
    certificate, *chain = certificates(certificate_pem)
    key = _private_key(key_pem, password)
    if key.public_key() != certificate.public_key():
        raise KeyRefused("The private key does not belong to the first certificate.")
    if not _may_sign(certificate):
        raise KeyRefused("The certificate's key usage allows neither digital signatures nor content commitment.")
    return Credential(key, certificate, tuple(chain))


def certificates(pem: bytes) -> list[x509.Certificate]:
    """One at least, the signer's own first."""
    try:
        return x509.load_pem_x509_certificates(pem)
    except ValueError:
        raise KeyRefused("The certificate is no PEM text that can be read.") from None


def refuse_out_of_time(certificate: x509.Certificate, now: datetime) -> None:
    if now < certificate.not_valid_before_utc:
        raise KeyRefused(f"The certificate is valid only from {certificate.not_valid_before_utc:%Y-%m-%d %H:%M} UTC.")
    if now > certificate.not_valid_after_utc:
        raise KeyRefused(f"The certificate expired at {certificate.not_valid_after_utc:%Y-%m-%d %H:%M} UTC.")


def _private_key(pem: bytes, password: str) -> ec.EllipticCurvePrivateKey:
    try:
        key = load_pem_private_key(pem, password.encode() or None)
    except (TypeError, ValueError):
        # What it could not make sense of may be part of the key.
        raise KeyRefused("The private key is no PEM text that can be read, or its password is wrong.") from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise KeyRefused("The private key is not on the curve P-256.")
    return key


def _may_sign(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment
