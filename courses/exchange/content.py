"""A text inside an XLIFF element, its codes protected: written, and read back. Pure."""

import re
from collections import Counter
from xml.etree.ElementTree import Element, SubElement

from courses.choices import Style
from courses.exchange.inline_codes import Code, Role, split

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_CTYPES = {"**": "bold", "__": "bold", "*": "italic", "_": "italic", "[": "link"}
_CHARACTER = re.compile(r"x-char-([0-9a-f]{1,6})")
_WITH_CONTENT = {"ph", "bpt", "ept", "it"}

Numbers = dict[tuple[str, Role, int], str]  # of codes: what stands in the text, its role, for the how-manieth time


def put_text(parent: Element, text: str, style: Style, source: Numbers) -> Numbers:
    """`source` holds the numbers of the codes of its source: the same codes of a translation bear the same."""
    met: Counter[tuple[str, Role]] = Counter()
    numbers: Numbers = {}
    free = len(source)
    open_numbers: list[str] = []
    last: Element | None = None
    for run in split(text, style):
        if not isinstance(run, Code):
            _append(parent, last, run)
        elif run.role is Role.CLOSES:
            last = _element(parent, run, open_numbers.pop())
        else:
            met[run.native, run.role] += 1
            key = (run.native, run.role, met[run.native, run.role])
            free += key not in source
            numbers[key] = source.get(key) or str(free)
            open_numbers += [numbers[key]] if run.role is Role.OPENS else []
            last = _element(parent, run, numbers[key])
    return numbers


def _append(parent: Element, last: Element | None, text: str) -> None:
    if last is None:
        parent.text = text
    else:
        last.tail = text


def _element(parent: Element, code: Code, number: str) -> Element:
    if code.kind == "character":
        return SubElement(parent, "x", {"id": number, "ctype": f"x-char-{ord(code.native):x}"})
    if code.role is Role.ALONE:
        kind = "lb" if code.kind == "break" else f"x-{code.kind}"
        element = SubElement(parent, "ph", {"id": number, "ctype": kind})
    elif code.role is Role.OPENS:
        kind = _CTYPES.get(code.native, f"x-{code.kind}")
        element = SubElement(parent, "bpt", {"id": number, "rid": number, "ctype": kind})
    else:
        element = SubElement(parent, "ept", {"id": number, "rid": number})
    element.text = code.native
    return element


def text_in(element: Element | None) -> str | None:
    """Words and codes joined; None for a code that says nothing. The marks of a tool's segments are seen through."""
    if element is None:
        return ""
    pieces = [element.text or ""]
    for child in element:
        piece = _piece(child)
        if piece is None:
            return None
        pieces += [piece, child.tail or ""]
    return "".join(pieces)


def _piece(element: Element) -> str | None:
    tag = element.tag.removeprefix(f"{{{NAMESPACE}}}")
    if tag in _WITH_CONTENT:
        return "".join(element.itertext())
    if tag == "mrk":
        return text_in(element)
    match = _CHARACTER.fullmatch(element.get("ctype", "")) if tag == "x" else None
    number = int(match.group(1), 16) if match else 0
    # No database keeps the character 0.
    return chr(number) if 0 < number < 0x20 or 0xFFFE <= number <= 0xFFFF else None
