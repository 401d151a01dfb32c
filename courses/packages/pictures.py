"""Pictures and files of a package: SVG that only draws, WebP and PDF as the studio keeps them. Pure."""

from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from courses import downloads, pictures
from courses.errors import UploadRefused

MAX_BYTES = 200_000
LARGEST_SIDE = 100_000  # user units; a release, as JSON, could not hold every number
UNREADABLE = (ElementTree.ParseError, ValueError, LookupError, OverflowError)
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


def picture_problem(folder: Path, name: str) -> str:
    """Why this picture of a package is refused, or an empty string."""
    if problem := _place_problem(folder, name, "SVG or WebP", (".svg", ".webp")):
        return problem
    data = (folder / name).read_bytes()
    return svg_problem(data) if name.endswith(".svg") else webp_problem(data)


def file_problem(folder: Path, name: str) -> str:
    """Why this download of a package is refused, or an empty string."""
    if problem := _place_problem(folder, name, "PDF", (".pdf",)):
        return problem
    try:
        downloads.check_pdf((folder / name).read_bytes())
    except UploadRefused as refused:
        return f"“{name}” is not a PDF that may be handed out: {refused.why}"
    return ""


def _place_problem(folder: Path, name: str, kind: str, suffixes: tuple[str, ...]) -> str:
    if not name.isprintable():
        return "the name of the picture cannot be a file name"
    try:
        path = (folder / name).resolve()
        is_there = path.is_file()
    except OSError:  # a name longer than any
        return "the name of the picture cannot be a file name"
    if not path.is_relative_to(folder.resolve()) or path.suffix not in suffixes:
        return f"“{name}” is no {kind} file of this package"
    return "" if is_there else f"“{name}” is not there"


def webp_problem(data: bytes) -> str:
    """Not drawn anew, so that a package keeps its bytes: what else a photograph may carry is refused instead."""
    if len(data) > pictures.MAX_BYTES:
        return f"the picture is larger than {pictures.MAX_BYTES} bytes"
    try:
        width, height = pictures.webp_size(BytesIO(data))
    except UploadRefused:
        return "the picture is not a readable WebP"
    if width * height > pictures.MAX_PIXELS:
        return "the picture has too many pixels"
    if not _CHUNKS.isdisjoint(_chunks(data)):
        return "the picture carries more than its pixels (Exif, XMP or an animation)"
    return ""


def _chunks(data: bytes) -> set[bytes]:
    """The names of the parts of a WebP, each followed by its length (RIFF)."""
    names, place = set(), 12
    while place + 8 <= len(data):
        names.add(data[place : place + 4])
        length = int.from_bytes(data[place + 4 : place + 8], "little")
        place += 8 + length + length % 2
    return names


def svg_problem(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        return f"the picture is larger than {MAX_BYTES} bytes"
    # A zero byte betrays UTF-16, in which the searches for markup would find nothing.
    if b"\0" in data or b"<!" in data.replace(b"<!--", b""):
        return "the picture declares a document type or an entity"
    if b"<?" in data.removeprefix(b"<?xml "):
        return "the picture holds a processing instruction"
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 no entity gets this far
        svg_size(data)
    except UNREADABLE:
        return "the picture is not a readable SVG with a viewBox"
    return next((problem for element in root.iter() if (problem := _element_problem(element))), "")


def svg_size(data: bytes) -> tuple[int, int]:
    """Width and height in user units, from the viewBox."""
    root = ElementTree.fromstring(data)  # noqa: S314 no entity gets this far
    box = root.attrib["viewBox"].replace(",", " ").split()
    width, height = round(float(box[2])), round(float(box[3]))
    if not 1 <= min(width, height) <= max(width, height) <= LARGEST_SIDE:
        raise ValueError("the viewBox is empty or boundless")
    return width, height


def _element_problem(element: ElementTree.Element) -> str:
    if element.tag not in _DRAWING:
        return f"the picture holds an element that does not draw: {element.tag.removeprefix(_SVG)}"
    for name, value in element.attrib.items():
        plain = name.rsplit("}", 1)[-1].lower()
        if plain.startswith("on") or plain in {"style", "base"} or _reaches_out(plain, value.lower()):
            return f"the picture reaches outside itself: {plain}"
    return ""


def _reaches_out(name: str, value: str) -> bool:
    """A backslash could spell `url` in another way."""
    if name == "href":
        return not value.startswith("#")
    return "\\" in value or "url(" in value.replace("url(#", "")
