"""Pictures and files of a package: SVG that only draws, WebP and PDF as the studio keeps them. Pure."""

from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from courses import downloads, pictures
from courses.errors import Refusal, UploadRefused
from courses.packages.problems import Message
from courses.packages.problems import gettext_noop as _

MAX_BYTES = 200_000
LARGEST_SIDE = 100_000  # user units; a release, as JSON, could not hold every number
UNREADABLE = (ElementTree.ParseError, ValueError, LookupError, OverflowError)
_TOO_LARGE = _("The picture is larger than %(most)d KB.")
_NO_NAME = _("This cannot be the name of a file.")
_NO_WEBP = _("The picture is not a WebP file that can be read.")
_NO_SVG = _("The picture is not an SVG file with a viewBox that can be read.")
_PDF = {
    Refusal.TOO_LARGE: _("“%(name)s” is larger than 10 MB."),
    Refusal.NO_PDF: _("“%(name)s” is not a PDF file."),
    Refusal.BROKEN: _("“%(name)s” is a PDF file that is damaged or not whole."),
    Refusal.ACTIVE: _("“%(name)s” carries programs, forms or other files inside. Save it as a plain PDF."),
}
_PICTURES = (".svg", ".webp")
_CHUNKS = {b"EXIF", b"XMP ", b"ANIM", b"ANMF"}
_SVG = "{http://www.w3.org/2000/svg}"
_DRAWING = {
    f"{_SVG}{name}"
    for name in (
        *("svg", "g", "defs", "use", "symbol", "marker", "clipPath", "linearGradient", "stop"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("text", "tspan", "title", "desc"),
    )
}


def picture_problem(folder: Path, name: str) -> Message | None:
    """Why this picture of a package is refused."""
    if problem := _place_problem(folder, name, _("“%(name)s” is no SVG or WebP file of this package."), _PICTURES):
        return problem
    data = (folder / name).read_bytes()
    return svg_problem(data) if name.endswith(".svg") else webp_problem(data)


def file_problem(folder: Path, name: str) -> Message | None:
    """Why this download of a package is refused."""
    if problem := _place_problem(folder, name, _("“%(name)s” is no PDF file of this package."), (".pdf",)):
        return problem
    try:
        downloads.check_pdf((folder / name).read_bytes())
    except UploadRefused as refused:
        return Message(_PDF[refused.why], {"name": name})
    return None


def _place_problem(folder: Path, name: str, elsewhere: str, suffixes: tuple[str, ...]) -> Message | None:
    if not name.isprintable():
        return Message(_NO_NAME)
    try:
        path = (folder / name).resolve()
        is_there = path.is_file()
    except OSError:  # a name longer than any
        return Message(_NO_NAME)
    if not path.is_relative_to(folder.resolve()) or path.suffix not in suffixes:
        return Message(elsewhere, {"name": name})
    return None if is_there else Message(_("“%(name)s” is not there."), {"name": name})


def webp_problem(data: bytes) -> Message | None:
    """Not drawn anew, so that a package keeps its bytes: what else a photograph may carry is refused instead."""
    if len(data) > pictures.MAX_BYTES:
        return _too_large(pictures.MAX_BYTES)
    try:
        width, height = pictures.webp_size(BytesIO(data))
    except UploadRefused:
        return Message(_NO_WEBP)
    if width * height > pictures.MAX_PIXELS:
        return Message(_("The picture has more than %(most)d million pixels."), {"most": pictures.MAX_PIXELS // 10**6})
    if not _CHUNKS.isdisjoint(_chunks(data)):
        return Message(_("The picture carries more than its pixels: Exif, XMP or an animation."))
    return None


def _too_large(most: int) -> Message:
    return Message(_TOO_LARGE, {"most": most // 1000})


def _chunks(data: bytes) -> set[bytes]:
    """The names of the parts of a WebP, each followed by its length (RIFF)."""
    names, place = set(), 12
    while place + 8 <= len(data):
        names.add(data[place : place + 4])
        length = int.from_bytes(data[place + 4 : place + 8], "little")
        place += 8 + length + length % 2
    return names


def svg_problem(data: bytes) -> Message | None:
    if len(data) > MAX_BYTES:
        return _too_large(MAX_BYTES)
    # A zero byte betrays UTF-16, in which the searches for markup would find nothing.
    if b"\0" in data or b"<!" in data.replace(b"<!--", b""):
        return Message(_("The picture declares a document type or an entity."))
    if b"<?" in data.removeprefix(b"<?xml "):
        return Message(_("The picture holds a processing instruction."))
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 no entity gets this far
        svg_size(data)
    except UNREADABLE:
        return Message(_NO_SVG)
    return next((problem for element in root.iter() if (problem := _element_problem(element))), None)


def svg_size(data: bytes) -> tuple[int, int]:
    """Width and height in user units, from the viewBox."""
    root = ElementTree.fromstring(data)  # noqa: S314 no entity gets this far
    box = root.attrib["viewBox"].replace(",", " ").split()
    width, height = round(float(box[2])), round(float(box[3]))
    if not 1 <= min(width, height) <= max(width, height) <= LARGEST_SIDE:
        raise ValueError("the viewBox is empty or boundless")
    return width, height


def _element_problem(element: ElementTree.Element) -> Message | None:
    if element.tag not in _DRAWING:
        element_name = element.tag.removeprefix(_SVG)
        return Message(_("The picture holds an element that does not draw: %(element)s."), {"element": element_name})
    for name, value in element.attrib.items():
        plain = name.rsplit("}", 1)[-1].lower()
        if plain.startswith("on") or plain in {"style", "base"} or _reaches_out(plain, value.lower()):
            return Message(_("The picture reaches outside itself: %(attribute)s."), {"attribute": plain})
    return None


def _reaches_out(name: str, value: str) -> bool:
    """A backslash could spell `url` in another way."""
    if name == "href":
        return not value.startswith("#")
    return "\\" in value or "url(" in value.replace("url(#", "")
