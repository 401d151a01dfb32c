"""A drawn paper as its reader sees it: the words, their places, fonts and sizes."""

import re
import subprocess
from io import BytesIO
from itertools import combinations
from typing import NamedTuple

from pypdf import PdfReader


def text_of(content: bytes, *options: str) -> str:
    command = ["pdftotext", *options, "-", "-"]
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()


def looks(content: bytes) -> tuple[list, bool]:
    """What touches, and whether all of it is as large as small print may be."""
    return clashes(content), min(piece.size for piece in pieces_of(content)) >= 6


class Piece(NamedTuple):
    """Words in one font and size, in points."""

    text: str
    font: str
    size: float


def pieces_of(content: bytes) -> list[Piece]:
    found = []

    def keep(text: str, page: list[float], line: list[float], font: dict | None, size: float) -> None:
        if text.strip():
            name = font["/BaseFont"].split("+")[1]
            found.append(Piece(text.strip(), name, round(abs(size * line[3] * page[3]), 2)))

    PdfReader(BytesIO(content)).pages[0].extract_text(visitor_text=keep)
    return found


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float
    word: str

    def clashes_with(self, other: "Box") -> bool:
        # A word's box is as high as its font, which is a little more than its line.
        height = min(self.bottom - self.top, other.bottom - other.top)
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 0.5 and down > 0.3 * height

    def strays(self) -> bool:
        """Into the border, or from its column into the next."""
        right = 538 if self.left < 560 else 722
        return self.left < 71 or self.top < 60 or self.right > right or self.bottom > 553


def clashes(content: bytes) -> list:
    assert len(PdfReader(BytesIO(content)).pages) == 1
    found = re.findall(
        r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.+?)</word>', text_of(content, "-bbox")
    )
    boxes = [Box(*map(float, place), word) for *place, word in found]
    touching = [(one.word, other.word) for one, other in combinations(boxes, 2) if one.clashes_with(other)]
    return touching + [box for box in boxes if box.strays()]
