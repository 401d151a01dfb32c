"""Pictures of a package: SVG that only draws. Pure."""

from pathlib import Path
from xml.etree import ElementTree

MAX_BYTES = 200_000
UNREADABLE = (ElementTree.ParseError, ValueError, LookupError, OverflowError)
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
    if not name.isprintable():
        return "the name of the picture cannot be a file name"
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or path.suffix != ".svg":
        return f"“{name}” is not an SVG file of this package"
    if not path.is_file():
        return f"“{name}” is not there"
    return svg_problem(path.read_bytes())


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
    if min(width, height) < 1:
        raise ValueError("the viewBox is empty")
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
