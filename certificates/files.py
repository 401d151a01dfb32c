"""Where pictures are kept, as issued."""

import logging
from contextlib import suppress
from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from certificates.models import Certificate, Drawing, Transcript

logger = logging.getLogger(__name__)


class FileDiffers(Exception):
    """The file is not the one that was issued, or is gone."""


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def keep(*, certificate: Certificate, language: str, template: int, key_id: str, content: bytes) -> str:
    """The name it is stored under, which follows from the content: keeping twice is keeping once."""
    name = f"{folder(certificate)}/{language}-{template}-{key_id}-{digest(content)}.pdf"
    if default_storage.exists(name):
        if _read(name) == content:
            return name
        default_storage.delete(name)  # a worker was stopped while it wrote
    return default_storage.save(name, ContentFile(content))


def drop(name: str) -> None:
    default_storage.delete(name)


def drop_all_but(drawing: Drawing) -> None:
    """What other workers kept of the same paper before they were stopped or came second: no reader ever saw it."""
    there, start = folder(drawing.certificate), f"{drawing.language}-{drawing.template}-{drawing.key_id}-"
    issued = set(drawing.certificate.drawings.values_list("file", flat=True))
    with suppress(FileNotFoundError):  # no folder, nothing to drop
        for name in default_storage.listdir(there)[1]:
            if name.startswith(start) and f"{there}/{name}" not in issued:
                default_storage.delete(f"{there}/{name}")


def as_issued(drawing: Drawing | Transcript) -> bytes:
    try:
        content = _read(drawing.file.name)
    except OSError as error:
        logger.error("%s cannot be read: %s", drawing.file.name, error)
        raise FileDiffers from error
    if digest(content) != drawing.digest:
        logger.error("%s is not the file that was issued.", drawing.file.name)
        raise FileDiffers
    return content


def _read(name: str) -> bytes:
    with default_storage.open(name) as file:
        return file.read()


def folder(row: Certificate | Transcript) -> str:
    kind = "transcripts" if isinstance(row, Transcript) else "certificates"
    # A thousand folders, since a million in one of them would be slow to list.
    return f"{kind}/{row.pk % 1000:03}/{row.pk}"
