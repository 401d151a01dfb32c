"""Keeping what an author uploads for a block: a picture of a figure, the file of a download."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.uploadedfile import UploadedFile

from courses import downloads, pictures
from courses.choices import BlockKind
from courses.columns import stamp
from courses.errors import Conflict, NotOfThisModule, Refusal, UploadRefused
from courses.files import FIGURES, FILES, keep
from courses.models import Block, Module
from courses.packages.pictures import MAX_BYTES as MAX_SVG_BYTES
from courses.packages.pictures import svg_problem
from courses.parts import part_of
from courses.services.editing import edit

# The kinds of block that hold a file, and the column it is named in.
COLUMNS = {BlockKind.FIGURE: "image", BlockKind.DOWNLOAD: "file"}
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def store_upload(*, kind: str, upload: UploadedFile) -> str:
    """The storage name of what is kept for a block of this kind. The name it came under counts for nothing.

    Raises UploadRefused.
    """
    most = pictures.MAX_BYTES if kind == BlockKind.FIGURE else downloads.MAX_BYTES
    if (upload.size or 0) > most:
        raise UploadRefused(Refusal.TOO_LARGE)
    data = upload.read()
    if not data:
        raise UploadRefused(Refusal.EMPTY)
    return _picture(data) if kind == BlockKind.FIGURE else _file(data)


def _picture(data: bytes) -> str:
    drawing = data.removeprefix(_BYTE_ORDER_MARK).lstrip()
    if not drawing.startswith(b"<"):
        return keep(FIGURES, ".webp", pictures.webp(data))
    if len(drawing) > MAX_SVG_BYTES:
        raise UploadRefused(Refusal.DRAWING_TOO_LARGE)
    if svg_problem(drawing):
        raise UploadRefused(Refusal.DRAWING)
    return keep(FIGURES, ".svg", drawing)


def _file(data: bytes) -> str:
    downloads.check_pdf(data)
    return keep(FILES, ".pdf", data)


def put_file(*, block: int, module: Module, locales: list[str], name: str, shown: str, by: AbstractBaseUser) -> Block:
    """Names `name` (empty: none) as the picture or file in these languages.

    `shown` is what the author was shown in the first of them. It alone is compared: the words of the block may be
    saved meanwhile, as an editor that saves by itself does. Raises Conflict, NotOfThisModule.
    """
    row = Block.objects.filter(pk=block, step__module=module, kind__in=COLUMNS).first()
    if row is None:
        raise NotOfThisModule
    part, column = part_of(row), COLUMNS[BlockKind(row.kind)]
    if (getattr(row, f"{column}_{locales[0]}") or "") != shown:
        raise Conflict(row)
    values = {f"{column}_{locale}": name for locale in locales}
    return edit(part=part, row=row.pk, module=module, values=values, base=stamp(row, part), by=by)
