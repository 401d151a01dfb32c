"""The border, the seal and the mark of a certificate, as SVG. Computed once per process. Pure."""

from collections.abc import Callable
from functools import cache
from math import cos, pi

from certificates import guilloche

TEAL, GOLD = "#0b5f5e", "#b98a1d"
# Screens draw the finest lines a whole pixel wide: paler ones keep the braids from filling up.
PALE_TEAL, PALE_GOLD = "#5f9e9a", "#cda64b"
PAGE = 792, 612  # US Letter, landscape, in points
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{width}" height="{height}">{body}</svg>'
_LINE = '<path fill="none" stroke="{}" stroke-width="{}" d="{}"/>'
_USE = '<use href="#part" transform="{}"/>'
_SHAPE = '<path fill="{}" d="{}"/>'
_MARK = (
    ("#b5432a", "M9.4 0H15v15H0V9.4z"),
    ("#f0b429", "M17 0h5.6L32 9.4V15H17z"),
    ("#4650a0", "M0 17h15v15H9.4L0 22.6z"),
    ("#0b6e69", "M17 17h15v5.6L22.6 32H17z"),
)


@cache
def border() -> str:
    width, height = PAGE
    # With this cut and 56 swellings, one of them lies in the middle of every side and of every corner.
    curve = guilloche.chamfered(width - 58, height - 58, cut=44, radius=24)
    quarter = _lines(
        (PALE_TEAL, 0.4, guilloche.braid(curve, waves=112, strands=6, amplitude=_swelling(56, 6.4, 2.2), share=0.25)),
        (PALE_GOLD, 0.45, guilloche.braid(curve, waves=56, strands=4, amplitude=_swelling(56, 3, -1.4), share=0.25)),
    )
    body = _repeated(quarter, ["scale(1 1)", "scale(-1 1)", "scale(1 -1)", "scale(-1 -1)"]) + _lines(
        (TEAL, 1, guilloche.outline(curve, offset=12)),
        (TEAL, 0.4, guilloche.outline(curve, offset=-11.5)),
        (GOLD, 0.4, guilloche.outline(curve, offset=-14)),
    )
    return _SVG.format(box=f"{-width / 2} {-height / 2} {width} {height}", width=width, height=height, body=body)


@cache
def seal() -> str:
    curve = guilloche.circle(45)
    outer, inner = _swelling(24, 10.2, 2.6), _swelling(24, 5, -2)
    twelfth = _lines(
        (PALE_GOLD, 0.45, guilloche.braid(curve, waves=12, strands=12, amplitude=outer, share=1 / 12)),
        (GOLD, 0.4, guilloche.braid(curve, waves=12, strands=4, amplitude=inner, share=1 / 12)),
    )
    body = _repeated(twelfth, [f"rotate({angle})" for angle in range(0, 360, 30)]) + _lines(
        (GOLD, 0.8, guilloche.outline(curve, offset=15)),
        (GOLD, 0.5, guilloche.outline(guilloche.circle(30.5), offset=0)),
    )
    body += f'<g transform="translate(-18 -18) scale(1.125)">{_quarters()}</g>'
    return _SVG.format(box="-61 -61 122 122", width=122, height=122, body=body)


@cache
def mark() -> str:
    return _SVG.format(box="0 0 32 32", width=32, height=32, body=_quarters())


def _swelling(count: int, middle: float, more: float) -> Callable[[float], float]:
    return lambda share: middle + more * cos(2 * pi * count * share)


def _repeated(part: str, transforms: list[str]) -> str:
    """Lines that are alike are written once: a file holds them once too, when it is compressed."""
    return f'<defs><g id="part">{part}</g></defs>' + "".join(_USE.format(transform) for transform in transforms)


def _lines(*lines: tuple[str, float, str]) -> str:
    return "".join(_LINE.format(*line) for line in lines)


def _quarters() -> str:
    return "".join(_SHAPE.format(*quarter) for quarter in _MARK)
