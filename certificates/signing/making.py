"""New keys, certificates that they sign themselves, and requests for one from an authority. Pure."""

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID, ObjectIdentifier

# Longer than certificates are kept: a signature without a time stamp is doubted once its certificate has expired.
DAYS = 3653
_DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")
_CLOCKS_DIFFER = timedelta(minutes=5)


def new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def self_signed(
    key: ec.EllipticCurvePrivateKey, organization: str, days: int = DAYS, now: datetime | None = None
) -> x509.Certificate:
    begin = (now or datetime.now(UTC)) - _CLOCKS_DIFFER
    builder = (
        x509.CertificateBuilder()
        .subject_name(_subject(organization))
        .issuer_name(_subject(organization))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    for extension in _purpose():
        builder = builder.add_extension(extension, critical=not isinstance(extension, x509.ExtendedKeyUsage))
    return builder.sign(key, SHA256())


def request(key: ec.EllipticCurvePrivateKey, organization: str) -> x509.CertificateSigningRequest:
    builder = x509.CertificateSigningRequestBuilder().subject_name(_subject(organization))
    for extension in _purpose():
        builder = builder.add_extension(extension, critical=not isinstance(extension, x509.ExtendedKeyUsage))
    return builder.sign(key, SHA256())


def private_pem(key: ec.EllipticCurvePrivateKey, password: str = "") -> bytes:
    protection = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, protection)


def public_pem(made: x509.Certificate | x509.CertificateSigningRequest) -> bytes:
    return made.public_bytes(Encoding.PEM)


def _subject(organization: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization),
            x509.NameAttribute(NameOID.COMMON_NAME, organization),
        ]
    )


def _purpose() -> list[x509.ExtensionType]:
    """To sign documents, and nothing else."""
    nothing = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only"), False
    )
    return [
        x509.BasicConstraints(ca=False, path_length=None),
        x509.KeyUsage(digital_signature=True, content_commitment=True, decipher_only=False, **nothing),
        x509.ExtendedKeyUsage([_DOCUMENT_SIGNING]),
    ]
