"""Where pictures are kept, as issued."""

import logging
from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from certificates.models import Certificate, Drawing

logger = logging.getLogger(__name__)


class FileDiffers(Exception):
    """The file is not the one that was issued, or is gone."""


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def keep(*, certificate: Certificate, template: int, content: bytes) -> str:
    """The name it is stored under, which follows from the content: keeping twice is keeping once."""
    name = _name(certificate, template, digest(content))
    if default_storage.exists(name):
        if _read(name) == content:
            return name
        default_storage.delete(name)  # a worker was stopped while it wrote
    return default_storage.save(name, ContentFile(content))


def drop(name: str) -> None:
    default_storage.delete(name)


def as_issued(drawing: Drawing) -> bytes:
    try:
        content = _read(drawing.file.name)
    except OSError as error:
        logger.error("The file of drawing %s cannot be read: %s", drawing.pk, error)
        raise FileDiffers from error
    if digest(content) != drawing.digest:
        logger.error("The file of drawing %s is not the one that was issued.", drawing.pk)
        raise FileDiffers
    return content


def _read(name: str) -> bytes:
    with default_storage.open(name) as file:
        return file.read()


def _name(certificate: Certificate, template: int, digest: str) -> str:
    # A thousand folders, since a million files in one of them would be slow to list.
    folder = certificate.pk % 1000
    return f"certificates/{folder:03}/{certificate.pk}-{certificate.locale}-{template}-{digest}.pdf"
