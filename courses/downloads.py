"""Uploaded PDF files: which are accepted. Pure.

A PDF is kept as it was sent and handed out to keep, never shown inside a page. Looking for the names of active parts
is a precaution and no proof: a PDF can hide them in compressed streams.
"""

import re

from courses.errors import Refusal, UploadRefused

MAX_BYTES = 10_000_000
_ACTIVE = ("JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "XFA", "SubmitForm", "ImportData")
# A name ends where a delimiter or white space follows; `#4A` in a name is the letter J.
_NAME = re.compile(rb"/([^\x00\t\n\f\r ()<>\[\]{}/%]+)")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_TAIL = 2048


def check_pdf(data: bytes) -> None:
    """Raises UploadRefused."""
    if len(data) > MAX_BYTES:
        raise UploadRefused(Refusal.TOO_LARGE)
    if not data.startswith(b"%PDF-"):
        raise UploadRefused(Refusal.NO_PDF)
    if b"%%EOF" not in data[-_TAIL:]:
        raise UploadRefused(Refusal.BROKEN)
    if not _names(data).isdisjoint(_ACTIVE):
        raise UploadRefused(Refusal.ACTIVE)


def _names(data: bytes) -> set[str]:
    found = {_ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), name) for name in _NAME.findall(data)}
    return {name.decode("latin-1") for name in found}
