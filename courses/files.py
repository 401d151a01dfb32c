"""Pictures and files of modules in Django's storage, named by their content: no name comes to mean another file."""

from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from courses.errors import UploadRefused
from courses.packages.pictures import UNREADABLE, svg_size
from courses.pictures import webp_size

FIGURES, FILES = "figures", "files"


def keep(folder: str, suffix: str, data: bytes) -> str:
    """The storage name; the same content is kept once."""
    name = f"{folder}/{sha256(data).hexdigest()[:32]}{suffix}"
    return name if default_storage.exists(name) else default_storage.save(name, ContentFile(data))


def picture_size(name: str) -> tuple[int, int]:
    """Width and height; 0 and 0 for a picture that is not there or cannot be read."""
    if not name or not default_storage.exists(name):
        return 0, 0
    with default_storage.open(name) as file:
        try:
            return svg_size(file.read()) if name.endswith(".svg") else webp_size(file)
        except (*UNREADABLE, UploadRefused):
            return 0, 0


def file_size(name: str) -> int:
    """Bytes; 0 for a file that is not there."""
    return default_storage.size(name) if name and default_storage.exists(name) else 0
