"""Keys of somebody, and what an independent program says of a signed file."""

import subprocess
from io import BytesIO

from cryptography import x509
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from certificates.signing import Credential, making


def credential(organization: str = "Somebody else", **validity) -> Credential:
    key = making.new_key()
    return Credential(key, making.self_signed(key, organization, **validity))


def verdict(content: bytes, trusted: x509.Certificate) -> str:
    """What pyHanko says of the only signature, to somebody who trusts one certificate."""
    roots = list(load_certs_from_pemder_data(making.public_pem(trusted)))
    try:
        signatures = PdfFileReader(BytesIO(content)).embedded_signatures
        if not signatures:
            return "unsigned"
        context = ValidationContext(trust_roots=roots)
        status = validate_pdf_signature(signatures[0], context)
    except (PdfError, SignatureValidationError, ValueError):
        return "damaged"
    if not (status.intact and status.valid):
        return "altered"
    if status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        return "continued"
    return "good" if status.bottom_line else "not ours"


def by_pdfsig(content: bytes, folder) -> dict[str, str]:
    file = folder / "certificate.pdf"
    file.write_bytes(content)
    answer = subprocess.run(["pdfsig", file], capture_output=True, text=True).stdout
    pairs = (line.strip(" -").partition(": ") for line in answer.splitlines())
    said = {name: value for name, _colon, value in pairs if value}
    return said | {"whole": "yes" if "Total document signed" in answer else "no"}
