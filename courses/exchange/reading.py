"""XLIFF 1.2, read: files come from outside, so nothing in them is believed. Pure."""

import re
from enum import StrEnum
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

import msgspec
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from courses.exchange.content import NAMESPACE, text_in

LARGEST = 10 * 1024 * 1024  # bytes
DEEPEST = 30
MOST_ELEMENTS = 400_000


class Why(StrEnum):
    """Why a file as a whole is refused."""

    TOO_LARGE = "too-large"
    NOT_XML = "not-xml"
    UNSAFE = "unsafe"
    NOT_XLIFF = "not-xliff"
    OTHER_MODULE = "other-module"
    OTHER_LANGUAGES = "other-languages"


class Refused(Exception):
    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


class Returned(msgspec.Struct, frozen=True):
    """A unit that came back; its texts are None where a code in them cannot be understood."""

    id: str
    source: str | None
    target: str | None
    base: str = ""


class Delivery(msgspec.Struct, frozen=True):
    """One `<file>`: texts of a module in one pair of languages."""

    module: str
    source: str
    target: str
    units: tuple[Returned, ...]


def read(content: bytes) -> tuple[Delivery, ...]:
    """Raises Refused."""
    if len(content) > LARGEST:
        raise Refused(Why.TOO_LARGE)
    root = _parsed(content)
    if root.tag != _name("xliff") or root.get("version") != "1.2":
        raise Refused(Why.NOT_XLIFF)
    files = tuple(_delivery(file) for file in root.findall(_name("file")))
    if not any(file.units for file in files):
        raise Refused(Why.NOT_XLIFF)
    return files


class _Builder(TreeBuilder):
    """Stops early at a file that would fill the memory."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = self.met = 0

    def start(self, tag: str, attributes: dict[str, str]) -> Element:
        self.depth += 1
        self.met += 1
        if self.depth > DEEPEST or self.met > MOST_ELEMENTS:
            raise Refused(Why.UNSAFE)
        return super().start(tag, attributes)

    def end(self, tag: str) -> Element:
        self.depth -= 1
        return super().end(tag)


def _parsed(content: bytes) -> Element:
    parser = DefusedXMLParser(target=_Builder(), forbid_dtd=True, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(content)
        return parser.close()
    except DefusedXmlException as error:
        raise Refused(Why.UNSAFE) from error
    except (ParseError, ValueError, LookupError) as error:
        raise Refused(Why.NOT_XML) from error


def _delivery(file: Element) -> Delivery:
    return Delivery(
        module=file.get("original", ""),
        source=_language(file.get("source-language", "")),
        target=_language(file.get("target-language", "")),
        units=tuple(_returned(unit) for unit in file.iter(_name("trans-unit"))),
    )


def _language(tag: str) -> str:
    """Tools write es-US or ES for what left as es."""
    return re.split("[-_]", tag.lower())[0]


def _returned(unit: Element) -> Returned:
    return Returned(
        id=unit.get("id", ""),
        source=text_in(unit.find(_name("source"))),
        target=text_in(unit.find(_name("target"))),
        base=unit.get("extradata", ""),
    )


def _name(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"
