"""The time stamp authority (RFC 3161) that the settings name, if any. Imported only by what signs.

With its root certificates a signature also takes in all that it will be checked with, under a time stamp of its own
(PAdES B-LTA): it can then be checked after every certificate in it has expired.
"""

from functools import lru_cache
from pathlib import Path

from asn1crypto.cms import ContentInfo
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError
from pyhanko_certvalidator import ValidationContext

from certificates.signing.credential import Credential

_SECONDS = 20


class ExactTimeStamper(HTTPTimeStamper):
    """pyHanko neither compares what was stamped with what it asked for nor reads all that an authority may answer."""

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> ContentInfo:
        try:
            stamp = await super().async_timestamp(message_digest, md_algorithm)
            imprint = stamp["content"]["encap_content_info"]["content"].parsed["message_imprint"]
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise TimestampRequestError("The answer is no time stamp that was asked for.") from error
        if imprint["hashed_message"].native != message_digest:
            raise TimestampRequestError("The time stamp is of something else.")
        return stamp


def authority() -> ExactTimeStamper | None:
    return _at(settings.CERTIFICATE_TSA_URL) if settings.CERTIFICATE_TSA_URL else None


def lasting(credential: Credential) -> dict:
    """What B-LTA asks of pyHanko besides the authority."""
    if not (settings.CERTIFICATE_TSA_URL and settings.CERTIFICATE_TSA_ROOTS):
        return {}
    above = (credential.chain or (credential.certificate,))[-1]
    own = above.public_bytes(Encoding.PEM)
    trusted = load_certs_from_pemder_data(own + Path(settings.CERTIFICATE_TSA_ROOTS).read_bytes())
    return {
        "embed_validation_info": True,
        "use_pades_lta": True,
        "signer_key_usage": set(),
        "validation_context": ValidationContext(trust_roots=list(trusted), allow_fetching=True),
    }


# Kept, since a new one asks for a stamp more, to see how large they are.
@lru_cache(maxsize=1)
def _at(url: str) -> ExactTimeStamper:
    return ExactTimeStamper(url, timeout=_SECONDS)
