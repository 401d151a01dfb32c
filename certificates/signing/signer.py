"""pyHanko, made ready once per key and process. Importing this takes seconds: only what signs does."""

import asyncio
from functools import lru_cache
from io import BytesIO
from typing import NamedTuple

from asn1crypto import x509
from cryptography import x509 as pyca
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.timestamps import TimestampRequestError
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

from certificates.errors import AuthorityDown
from certificates.signing import timestamps
from certificates.signing.credential import Credential

_FIELD = "Signature"
_LONGEST = 72  # bytes of a signature with P-256


class KeptSigner(Signer):
    """pyHanko's own signer reads the private key anew for each signature."""

    def __init__(self, credential: Credential) -> None:
        above = SimpleCertificateStore.from_certs([_asn1(certificate) for certificate in credential.chain])
        super().__init__(signing_cert=_asn1(credential.certificate), cert_registry=above)
        self._key = credential.key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if dry_run:
            return bytes(_LONGEST)
        return self._key.sign(data, ECDSA(get_pyca_cryptography_hash(digest_algorithm)))


class ArchivalSigner(PdfSigner):
    """For P-256 pyHanko declares PDF 2.0, while PDF/A-2 is PDF 1.7, whose PAdES extension allows the curve as well."""

    def register_extensions(self, pdf_out: BasePdfFileWriter, *, md_algorithm: str) -> None:
        pdf_out.register_extension(ESIC_EXTENSION_1)


class Kept(NamedTuple):
    """`room` is how many hexadecimal digits a signature takes: finding out costs as much as signing."""

    signer: KeptSigner
    room: int


def sign(content: bytes, credential: Credential) -> bytes:
    """A paper is never kept without the time stamp that it should hold. Raises AuthorityDown."""
    about = PdfSignatureMetadata(
        field_name=_FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        **timestamps.lasting(credential),
    )
    kept, authority = _kept(credential), timestamps.authority()
    signer = ArchivalSigner(about, kept.signer, timestamper=authority)
    room = None if authority else kept.room  # only the authority knows how large its stamps are
    try:
        return signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(content)), bytes_reserved=room).getvalue()
    except TimestampRequestError as error:
        raise AuthorityDown(str(error)) from error


@lru_cache(maxsize=1)
def _kept(credential: Credential) -> Kept:
    signer = KeptSigner(credential)
    rehearsed = asyncio.run(signer.async_sign(bytes(SHA256.digest_size), "sha256", use_pades=True, dry_run=True))
    return Kept(signer, room=2 * len(rehearsed.dump()))


def _asn1(certificate: pyca.Certificate) -> x509.Certificate:
    return x509.Certificate.load(certificate.public_bytes(Encoding.DER))
