"""Uploaded photographs and drawings in pixels: which are accepted, and the form they are kept in. Pure.

Whatever comes in is drawn anew: what a camera wrote beside the picture (the place where it was taken), and anything
hidden before, behind or between the pixels, does not get out.
"""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from courses.errors import Refusal, UploadRefused

MAX_BYTES = 8_000_000
MAX_PIXELS = 40_000_000
LARGEST = (1600, 4800)  # width and height in pixels; a lesson is never drawn wider
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
# What Pillow raises for data that is not what it says it is.
_BROKEN = (
    *(OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, ArithmeticError, MemoryError),
    struct.error,
)
_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def webp(data: bytes) -> bytes:
    """The first frame, upright, at most LARGEST, as WebP. Raises UploadRefused."""
    if len(data) > MAX_BYTES:
        raise UploadRefused(Refusal.TOO_LARGE)
    _verify(data)
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as image:
            drawings = image.format in ("PNG", "GIF")
            return _encoded(_redrawn(image), drawings)
    except _BROKEN as error:
        raise UploadRefused(Refusal.BROKEN) from error


def _verify(data: bytes) -> None:
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as image:
            # Read from the header alone: a small file may claim a size that fills the memory.
            if image.width * image.height > MAX_PIXELS:
                raise UploadRefused(Refusal.TOO_MANY_PIXELS)
            image.verify()
    except _BOMB as error:
        raise UploadRefused(Refusal.TOO_MANY_PIXELS) from error
    except UnidentifiedImageError as error:
        raise UploadRefused(Refusal.NO_PICTURE) from error
    except _BROKEN as error:
        raise UploadRefused(Refusal.BROKEN) from error


def _redrawn(image: Image.Image) -> Image.Image:
    with _whole():
        image.load()
    if image.mode.startswith("I"):  # sixteen bits of grey, which a plain conversion would bleach
        image = image.convert("I").point(lambda value: value / 257).convert("L")
    image = ImageOps.exif_transpose(image)
    image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail(LARGEST)
    return image


@contextmanager
def _whole() -> Iterator[None]:
    """A picture that breaks off is refused, also where WeasyPrint has made Pillow lenient for the whole process."""
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _encoded(image: Image.Image, drawing: bool) -> bytes:
    """A drawing may be smaller, and is sharper, without loss."""
    encoded = [_saved(image, quality=82)]
    if drawing:
        encoded.append(_saved(image, lossless=True))
    return min(encoded, key=len)


def _saved(image: Image.Image, **options: int) -> bytes:
    out = BytesIO()
    image.save(out, "WEBP", method=4, exif=b"", xmp=b"", icc_profile=b"", **options)
    return out.getvalue()


def webp_size(file: BinaryIO) -> tuple[int, int]:
    """Width and height in pixels, from the header. Raises UploadRefused."""
    try:
        with Image.open(file, formats=("WEBP",)) as image:
            return image.size
    except (*_BROKEN, *_BOMB) as error:
        raise UploadRefused(Refusal.NO_PICTURE) from error
