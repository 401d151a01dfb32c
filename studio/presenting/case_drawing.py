"""Where the boxes and arrows of a case map stand. Lengths are in the drawing's own units, CSS pixels at full size."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Any, NamedTuple

from studio.presenting.lettering import short

Context = dict[str, Any]

BOX_WIDTH, BOX_HEIGHT = 248, 112
GAP, LEVEL = 36, 236
MARGIN, BELOW = 60, 80  # arrows may go round below the lowest box
LANE = 16  # between arrows that go round
LABELS = 90  # below a box, for the labels of its choices
LETTERS_A_LINE, LABEL_LETTERS = 31, 30


class Box(NamedTuple):
    x: int
    y: int

    @property
    def right(self) -> int:
        return self.x + BOX_WIDTH

    @property
    def below(self) -> int:
        return self.y + BOX_HEIGHT


class Choice(NamedTuple):
    """`place` counts from 0 among the `total` choices of the scene at `source`."""

    source: str
    target: str
    label: str
    place: int
    total: int


def placed(levels: Mapping[str, int]) -> dict[str, Box]:
    """The boxes of a level side by side, in the order given."""
    used: dict[int, int] = {}
    boxes = {}
    for key, level in levels.items():
        place = used[level] = used.get(level, -1) + 1
        boxes[key] = Box(MARGIN + place * (BOX_WIDTH + GAP), MARGIN // 2 + level * LEVEL)
    return boxes


def size(boxes: Mapping[str, Box], arrows: Iterable[Context]) -> tuple[int, int]:
    right = max([box.right for box in boxes.values()] + [arrow["right"] for arrow in arrows], default=0)
    return right + MARGIN, max((box.below for box in boxes.values()), default=0) + BELOW


def arrows(boxes: Mapping[str, Box], choices: Iterable[Choice]) -> list[Context]:
    lanes = count(1)
    return [_arrow(boxes, choice, lanes) for choice in choices if choice.target in boxes]


def _arrow(boxes: Mapping[str, Box], choice: Choice, lanes: Iterator[int]) -> Context:
    """From the lower edge of a box to the upper edge of another; further than the next level, round what is between."""
    source, target = boxes[choice.source], boxes[choice.target]
    x = source.x + BOX_WIDTH * (choice.place + 1) // (choice.total + 1)
    end_x, end_y = target.x + BOX_WIDTH // 2, target.y - 8
    is_next = target.y - source.y == LEVEL
    right = 0 if is_next else _beside(boxes, source, target) + LANE * next(lanes)
    step = min(30, LABELS // choice.total)
    return {
        "path": _straight(x, source.below, end_x, end_y) if is_next else _round(x, source.below, right, end_x, end_y),
        "right": right,
        "goes_back": target.y <= source.y,
        "label": short(choice.label, LABEL_LETTERS),
        "x": x,
        "y": source.below + 26 + step * choice.place,
    }


def _beside(boxes: Mapping[str, Box], source: Box, target: Box) -> int:
    """The right edge of all that stands on the levels between two boxes, theirs included where the way leads up."""
    top, bottom = sorted((source.y, target.y))
    between = [box.right for box in boxes.values() if top < box.y < bottom]
    ends = [source.right, target.right] if target.y <= source.y else [target.x + BOX_WIDTH // 2]
    return max(between + ends)


def _straight(x: int, y: int, end_x: int, end_y: int) -> str:
    middle = (y + end_y) // 2
    return f"M{x} {y}C{x} {middle} {end_x} {middle} {end_x} {end_y}"


def _round(x: int, y: int, right: int, end_x: int, end_y: int) -> str:
    out = f"M{x} {y}C{x} {y + 70} {right} {y + 40} {right} {y + 110}"
    return f"{out}V{end_y - 110}C{right} {end_y - 40} {end_x} {end_y - 70} {end_x} {end_y}"
