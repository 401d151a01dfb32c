"""How large words can be printed. Pure."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from certificates import coverage, faces

COLUMN = 464  # points
# The lines that a name may take at each size, largest first.
_SIZES = ((42, 1), (38, 1), (34, 1), (30, 1), (26, 2), (23, 2), (20, 3), (17, 4), (14, 6))
# Line heights, and the room above the first of the tall ones, as in assets/paper.css.
_LEVEL, _TALL, _ABOVE_TALL = 1.28, 1.75, 0.2
_SAFETY = 1.02
_UNKNOWN = 0.6  # ems of a letter that is in none of the faces


class Word(NamedTuple):
    """`long` in ems."""

    long: float
    is_space: bool


class Fitted(NamedTuple):
    """How a name is set. The letters of some scripts reach so far up and down that they need `tall` lines."""

    size: int
    is_tall: bool
    lines: int

    @property
    def height(self) -> float:
        return self.size * (self.lines * _TALL + _ABOVE_TALL if self.is_tall else self.lines * _LEVEL)


def fitted(name: str) -> Fitted:
    used = coverage.of(name).used
    words = measured(name, used)
    size = next((size for size, most in _SIZES if lines(words, size) <= most), _SIZES[-1][0])
    return Fitted(size, bool(set(used) & set(faces.TALL)), lines(words, size))


def measured(text: str, used: tuple[faces.Face, ...]) -> tuple[Word, ...]:
    """Words part at spaces and after hyphens."""
    parts = re.findall(r"[^\s-]*-|[^\s-]+|\s", text)
    return tuple(Word(sum(_width(letter, used) for letter in part) * _SAFETY, part.isspace()) for part in parts)


def lines(words: Iterable[Word], size: float, column: float = COLUMN) -> int:
    """Words are set one after the other, and are broken only when longer than a line."""
    count, place = 1, 0.0
    for word in words:
        long = word.long * size
        if place and place + long > column and not word.is_space:
            count, place = count + 1, 0.0
        count += int(long // column)
        place += long % column
    return count


def _width(letter: str, used: tuple[faces.Face, ...]) -> float:
    return coverage.width(letter, used) or (0 if letter in coverage.JOINERS else _UNKNOWN)
