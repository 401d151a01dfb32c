"""The key that the settings name. It is read once in a process: a new one is taken up at the next start."""

from functools import lru_cache
from pathlib import Path

from cryptography import x509
from django.conf import settings
from django.utils import timezone

from certificates.signing import credential, development
from certificates.signing.credential import Credential, KeyRefused


def current() -> Credential:
    """To sign with now."""
    found = _read(_given("KEY"), _given("CERT"), settings.CERTIFICATE_KEY_PASSWORD)
    credential.refuse_out_of_time(found.certificate, timezone.now())
    return found


def key_id() -> str:
    """Names the key by its certificate alone: web processes need not be trusted with the key."""
    return credential.key_id(_certificate(_given("CERT")))


def is_for_development() -> bool:
    """Whether papers are signed with a key that proves nothing: pages that speak of the signature say so."""
    names = ("KEY", "KEY_FILE", "CERT", "CERT_FILE")
    return (settings.DEMO or settings.DEBUG) and not any(getattr(settings, f"CERTIFICATE_{name}") for name in names)


def _given(name: str) -> str | Path:
    """A PEM text, or the file that holds it."""
    if is_for_development():
        return settings.DATA_DIR / "keys" / development.FILE
    if text := getattr(settings, f"CERTIFICATE_{name}"):
        return text
    if file := getattr(settings, f"CERTIFICATE_{name}_FILE"):
        return Path(file)
    raise KeyRefused(f"Neither CERTIFICATE_{name} nor CERTIFICATE_{name}_FILE is set.")


@lru_cache(maxsize=2)
def _read(key: str | Path, certificate: str | Path, password: str) -> Credential:
    return credential.read(_content(key), _content(certificate), password)


@lru_cache(maxsize=2)
def _certificate(given: str | Path) -> x509.Certificate:
    return credential.certificates(_content(given))[0]


def _content(given: str | Path) -> bytes:
    if isinstance(given, str):
        return given.encode()
    if is_for_development():
        return development.pem(given.parent)
    try:
        return given.read_bytes()
    except OSError as error:
        raise KeyRefused(f"{given} cannot be read: {error.strerror}.") from None
