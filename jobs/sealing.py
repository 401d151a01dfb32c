"""A text that only holders of the site's secret key can read."""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def seal(text: str) -> str:
    return _box().encrypt(text.encode()).decode() if text else ""


def open_sealed(sealed: str) -> str:
    return _box().decrypt(sealed.encode()).decode() if sealed else ""


def _box() -> MultiFernet:
    return MultiFernet([_fernet(key) for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]])


def _fernet(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"jobs.sealing:" + secret.encode()).digest()))
