"""The type of a paper: as large as its words leave room for. Pure.

The sizes are those of the classes paper-fit-… in assets/paper.css.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import msgspec

from certificates import faces, fitting

HEIGHT = 488  # points between the inner edges of the border
WIDTH, SIDE, SIGNATURE, FROM = fitting.COLUMN, 138, 156, 288
_APART = 6  # points at least between what hangs from the top and what stands at the foot
# The mark above, the rule below the name, room to sign above the line, and what keeps the QR code apart; in points.
_BRAND, _RULE, _PEN, _SCAN = 24, 13, 12, 16
_PLAIN, _BOLD, _SERIF = faces.TEXT[:2], faces.TEXT[2:], faces.HEADING[:2]

Says = Mapping[str, Sequence[str]]


class Sizes(NamedTuple):
    """In points, but for `leading`: the share of the usual line heights."""

    heading: float
    module: float
    detail: float
    soft: float
    small: float
    value: float
    gap: float
    seal: float
    qr: float
    leading: float


FITS = (
    Sizes(35, 19, 11.5, 10.5, 8.5, 10.5, 8, 118, 84, 1),
    Sizes(33, 17, 11, 10, 8.25, 10.25, 7, 110, 80, 0.99),
    Sizes(31, 15.5, 10.5, 9.5, 8, 10, 6, 102, 78, 0.98),
    Sizes(28, 14, 10, 9, 7.75, 9.5, 5, 92, 74, 0.97),
    Sizes(26, 12.5, 9, 8.5, 7.25, 9, 4, 82, 70, 0.96),
    Sizes(24, 11, 8.25, 7.75, 6.75, 8.5, 3, 72, 66, 0.95),
    Sizes(21, 9.5, 7.5, 7, 6.25, 8, 2, 62, 62, 0.93),
    Sizes(19, 9, 7, 6.6, 6.2, 7.6, 1.25, 57, 61, 0.92),
    Sizes(15, 8, 6, 6, 6, 7.25, 0.25, 52, 60, 0.9),
)


class Paragraph(msgspec.Struct, frozen=True, dict=True):
    """`size` names a size of Sizes, of which `scale` is the share; `above` counts gaps."""

    text: str
    size: str = "small"
    scale: float = 1
    leading: float = 1.35
    above: float = 0
    column: float = WIDTH
    used: tuple[faces.Face, ...] = _PLAIN

    @cached_property
    def _lines(self) -> list[tuple[fitting.Word, ...]]:
        return [fitting.measured(line, self.used) for line in self.text.split("\n")]

    def height(self, sizes: Sizes) -> float:
        size = getattr(sizes, self.size) * self.scale
        lines = sum(fitting.lines(words, size, self.column) for words in self._lines)
        return lines * size * self.leading * sizes.leading + self.above * sizes.gap


class Wide(NamedTuple):
    """The paragraphs of the wide column by the place where they stand."""

    words: Sequence[Paragraph]
    signature: Sequence[Paragraph]
    provider: Sequence[Paragraph]
    statements: Sequence[Paragraph]


class Fit(NamedTuple):
    """The numbers of the types, largest first, for the wide column and for the one beside it."""

    words: int
    side: int


def fit(says: Says, *, name_height: float) -> Fit:
    """The largest in which nothing touches. `says` holds each text in every language."""
    wide = Wide(
        words=list(_words(says)),
        signature=list(_signature(says)),
        provider=list(_provider(says, FROM if says["signatory"] else WIDTH)),
        statements=list(_statements(says)),
    )
    side = [*_facts(says), *_scan(says)]
    return Fit(
        words=_first(lambda sizes: _wide_height(wide, name_height, sizes)),
        side=_first(lambda sizes: sizes.seal + sizes.gap + sizes.qr + _SCAN + _height(side, sizes)),
    )


def _first(height: Callable[[Sizes], float]) -> int:
    found = (number for number, sizes in enumerate(FITS) if height(sizes) + _APART <= HEIGHT)
    return next(found, len(FITS) - 1)


def _wide_height(wide: Wide, name_height: float, sizes: Sizes) -> float:
    signature = _height(wide.signature, sizes) + 2 * sizes.gap + _PEN if wide.signature else 0
    foot = max(signature, _height(wide.provider, sizes)) + _height(wide.statements, sizes) + sizes.gap
    return _BRAND + name_height + _RULE + _height(wide.words, sizes) + foot


def _height(paragraphs: Sequence[Paragraph], sizes: Sizes) -> float:
    return sum(paragraph.height(sizes) for paragraph in paragraphs)


def _words(says: Says) -> Iterator[Paragraph]:
    for place, text in enumerate(says["heading"]):
        yield Paragraph(text, "heading", 0.45 if place else 1, 1.25, 0.3 if place else 2.5, used=_SERIF)
    yield Paragraph(_joined(says, "awarded_to"), "detail", above=2.5)
    yield Paragraph(_joined(says, "for_completing"), "detail", above=1.5)
    for place, text in enumerate(says["module"]):
        yield Paragraph(text, "module", 0.75 if place else 1, 1.3, 0.4, used=_SERIF)
    for place, text in enumerate(says["setting"]):
        yield Paragraph(text, "detail", above=0 if place else 0.6)
    for text in says["details"]:
        yield Paragraph(text, "soft", above=0.3)


def _signature(says: Says) -> Iterator[Paragraph]:
    for text in says["signatory"]:
        yield Paragraph(text, scale=1.1, column=SIGNATURE, used=_BOLD)
    for text in says["role"]:
        yield Paragraph(text, column=SIGNATURE)


def _provider(says: Says, column: float) -> Iterator[Paragraph]:
    yield Paragraph(_joined(says, "provider_label"), column=column)
    for text in says["provider"]:
        yield Paragraph(text, scale=1.1, column=column, used=_BOLD)
    for text in says["address"]:
        yield Paragraph(text, column=column)
    for key in ("provider_number", "activity_number"):
        for number in says[key]:
            yield Paragraph(f"{_joined(says, key + '_label')}: {number}", column=column)


def _statements(says: Says) -> Iterator[Paragraph]:
    for key in ("statement", "extra", "demonstration"):
        for text in says[key]:
            yield Paragraph(text, leading=1.4, above=0.6)


def _facts(says: Says) -> Iterator[Paragraph]:
    for label, key in (
        ("completed_label", "completed"),
        ("issued_label", "issued"),
        ("expires_label", "expires"),
        ("license_label", "license"),
        ("credit_label", "amount"),
    ):
        if says[key]:
            yield Paragraph(_joined(says, label), leading=1.3, above=1, column=SIDE)
            for text in says[key]:
                yield Paragraph(text, "value", 1, 1.3, 0.15, SIDE, _BOLD)
    for text in says["kind"]:
        yield Paragraph(text, leading=1.3, column=SIDE)


def _scan(says: Says) -> Iterator[Paragraph]:
    yield Paragraph(_joined(says, "code_label"), leading=1.3, above=1, column=SIDE)
    for text in says["code"]:
        yield Paragraph(text, "value", 1.05, 1.3, column=SIDE, used=_BOLD)
    for key in ("verify_at", "address_to_verify"):
        yield Paragraph(_joined(says, key), column=SIDE)


def _joined(says: Says, key: str) -> str:
    return " / ".join(says[key])
