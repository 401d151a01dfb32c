"""Signs papers: PAdES with P-256, invisible, and certifying that nothing may change (docs/certificates.md)."""

from certificates.signing.configured import current, is_for_development, key_id
from certificates.signing.credential import Credential, KeyRefused

__all__ = ["Credential", "KeyRefused", "current", "is_for_development", "key_id", "sign"]


def sign(content: bytes) -> bytes:
    from certificates.signing import signer  # pyHanko takes seconds to load: only what signs waits for it

    return signer.sign(content, current())
