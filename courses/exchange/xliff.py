"""XLIFF 1.2 strict, written: what is handed to a professional translator (docs/exchange.md). Pure."""

from itertools import groupby
from xml.etree import ElementTree

import msgspec

from courses.choices import Style
from courses.exchange.content import NAMESPACE, put_text
from courses.exchange.inline_codes import Code, join, split
from courses.freshness import State, digest_of

TOOL = "soar-online"
_LANG, _SPACE = "xml:lang", "xml:space"
_TARGET_STATES = {
    State.MISSING: "needs-translation",
    State.STALE: "needs-adaptation",
    State.NEEDS_REVIEW: "needs-review-translation",
    State.REVIEWED: "signed-off",
}
Element = ElementTree.Element


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """One text. `previous` is the source a stale translation was made from; `limit` counts characters, 0 for none."""

    id: str
    group: str
    source: str
    target: str
    style: Style
    state: State
    notes: tuple[str, ...] = ()
    limit: int = 0
    previous: str = ""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What is translated in one go: texts of one module from one language to the other."""

    module: str
    source: str
    target: str
    units: tuple[Unit, ...]


def write(job: Job) -> bytes:
    root = Element("xliff", {"xmlns": NAMESPACE, "version": "1.2"})
    file = _child(root, "file", original=job.module, datatype="plaintext", **{"tool-id": TOOL})
    file.set("source-language", job.source)
    file.set("target-language", job.target)
    _child(_child(file, "header"), "tool", **{"tool-id": TOOL, "tool-name": "SOAR Online"})
    body = _child(file, "body")
    for place, (group, units) in enumerate(groupby(job.units, key=lambda unit: unit.group), start=1):
        parent = _child(body, "group", id=f"g{place}", resname=group)
        for unit in units:
            _unit(parent, unit, job)
    _lay_out(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def base_of(target: str) -> str:
    """Rides along with a unit: which translation stood here when the file was made."""
    return f"base:{digest_of(target) or 'none'}"


def _unit(parent: Element, unit: Unit, job: Job) -> None:
    markdown = unit.style in (Style.MARKDOWN, Style.CITATION)
    element = _child(parent, "trans-unit", id=unit.id, resname=unit.id, extradata=base_of(unit.target))
    element.set("approved", "yes" if unit.state is State.REVIEWED else "no")
    element.set("datatype", "x-markdown" if markdown else "plaintext")
    element.set(_SPACE, "preserve")
    if unit.limit:
        element.set("size-unit", "char")
        element.set("maxwidth", str(unit.limit))
    numbers = put_text(_child(element, "source", **{_LANG: job.source}), unit.source, unit.style, {})
    target = _child(element, "target", state=_TARGET_STATES[unit.state], **{_LANG: job.target})
    put_text(target, unit.target, unit.style, numbers)
    for note in unit.notes:
        _child(element, "note", **{"from": TOOL}).text = _printable(note)
    if unit.previous:
        _earlier(element, unit, job)


def _earlier(element: Element, unit: Unit, job: Job) -> None:
    """What the source said when it was translated, and that translation."""
    earlier = _child(element, "alt-trans", alttranstype="previous-version", **{_SPACE: "preserve"})
    numbers = put_text(_child(earlier, "source", **{_LANG: job.source}), unit.previous, unit.style, {})
    put_text(_child(earlier, "target", **{_LANG: job.target}), unit.target, unit.style, numbers)


def _printable(text: str) -> str:
    """Without the characters that XML cannot hold."""
    runs = split(text, Style.LINE)
    return join([run for run in runs if not (isinstance(run, Code) and run.kind == "character")])


def _child(parent: Element, tag: str, **attributes: str) -> Element:
    return ElementTree.SubElement(parent, tag, attributes)


def _lay_out(element: Element, depth: int = 0) -> None:
    """A line an element, down to those that hold texts: there every space counts."""
    if element.tag in ("source", "target", "note") or not len(element):
        return
    element.text = "\n" + "  " * (depth + 1)
    for child in element:
        _lay_out(child, depth + 1)
        child.tail = element.text
    element[-1].tail = "\n" + "  " * depth
