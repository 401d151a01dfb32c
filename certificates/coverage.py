"""Which faces print which letters: a letter that none has would leave a hole in the name. Pure."""

from functools import cache
from typing import NamedTuple

from certificates import faces

# Layout obeys these two; no glyph is drawn for them.
JOINERS = frozenset("\u200c\u200d")


class Coverage(NamedTuple):
    used: tuple[faces.Face, ...]
    missing: str


class Glyphs(NamedTuple):
    of: dict[int, str]
    widths: dict[str, tuple[int, int]]
    em: int


def of(text: str) -> Coverage:
    """`missing` holds each letter once, in order. A big font is read only when the ones before it do not suffice."""
    letters = [letter for letter in dict.fromkeys(text) if letter not in JOINERS]
    used = []
    for face in faces.for_name(text):
        if not letters:
            break
        left = [letter for letter in letters if ord(letter) not in _glyphs(face).of]
        if left != letters:
            used.append(face)
        letters = left
    return Coverage(tuple(used), "".join(letters))


def width(letter: str, used: tuple[faces.Face, ...]) -> float:
    """In ems, standing alone. Joined letters take less, so a sum errs on the safe side."""
    for face in used:
        glyphs = _glyphs(face)
        if glyph := glyphs.of.get(ord(letter)):
            return glyphs.widths[glyph][0] / glyphs.em
    return 0


@cache
def _glyphs(face: faces.Face) -> Glyphs:
    from fontTools.ttLib import TTFont  # only whoever confirms or draws a name needs it: start-up stays quick

    path = faces.path(face)
    if path is None:
        return Glyphs({}, {}, 1)
    with TTFont(path, fontNumber=face.index, lazy=True) as font:
        return Glyphs(font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm)
