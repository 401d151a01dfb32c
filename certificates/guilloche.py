"""Engraved lines: waves that run along a closed curve and meet themselves again. Pure; yields SVG path data.

Lengths are points.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import cos, isclose, pi, sin, tan
from typing import NamedTuple

Point = tuple[float, float]
Profile = Callable[[float], float]

_NEAR = 1e-4


class Curve(NamedTuple):
    """`at` maps a distance along the curve to the place there and its outward unit normal."""

    length: float
    joints: tuple[float, ...]
    at: Callable[[float], tuple[Point, Point]]


class _Piece(NamedTuple):
    start: float
    x: float
    y: float
    heading: float
    bend: float  # per point of length; 0 for a straight piece

    def at(self, distance: float) -> tuple[Point, Point]:
        along = distance - self.start
        heading = self.heading + along * self.bend
        if self.bend:
            x = self.x + (sin(heading) - sin(self.heading)) / self.bend
            y = self.y - (cos(heading) - cos(self.heading)) / self.bend
        else:
            x, y = self.x + along * cos(heading), self.y + along * sin(heading)
        return (x, y), (sin(heading), -cos(heading))


def chamfered(width: float, height: float, *, cut: float, radius: float) -> Curve:
    """A rectangle around the origin, its corners cut at 45° and the bends rounded, from the middle of the top."""
    trim = 2 * radius * tan(pi / 8)
    top, slant, side = width - 2 * cut - trim, cut * 2**0.5 - trim, height - 2 * cut - trim
    lengths = [top / 2]
    for straight in (slant, side, slant, top, slant, side, slant, top / 2):
        lengths += [radius * pi / 4, straight]
    pieces = [_Piece(0, 0, -height / 2, 0, 0)]
    for number, length in enumerate(lengths, start=1):
        before = pieces[-1]
        end = before.start + length
        (x, y), _normal = before.at(end)
        heading = before.heading + before.bend * length
        pieces.append(_Piece(end, x, y, heading, 1 / radius if number % 2 else 0))
    *pieces, last = pieces
    total = last.start

    def at(distance: float) -> tuple[Point, Point]:
        distance %= total
        return next(piece for piece in reversed(pieces) if piece.start <= distance).at(distance)

    return Curve(total, tuple(piece.start for piece in pieces), at)


def circle(radius: float) -> Curve:
    def at(distance: float) -> tuple[Point, Point]:
        normal = cos(distance / radius), sin(distance / radius)
        return (radius * normal[0], radius * normal[1]), normal

    length = 2 * pi * radius
    return Curve(length, tuple(length * eighth / 8 for eighth in range(8)), at)


def braid(curve: Curve, *, waves: int, strands: int, amplitude: Profile, share: float = 1) -> str:
    """Equal waves, each a little further along than the one before; what lies on the first `share` of the curve.

    `amplitude` takes the share of the curve that was run, 0 to 1, and so swells and thins all strands together.
    """
    return "".join(_strand(curve, waves, strand / strands, amplitude, share) for strand in range(strands))


def _strand(curve: Curve, waves: int, ahead: float, amplitude: Profile, share: float) -> str:
    def offset(distance: float) -> float:
        run = distance / curve.length
        return amplitude(run % 1) * cos(2 * pi * (run * waves - ahead))

    # A piece from each crest to the next trough: with level ends it is a wave as good as drawn.
    turns = ((half / 2 + ahead) / waves for half in range(-2, 2 * waves))
    stops = [0, *(turn for turn in turns if _NEAR < turn < share - _NEAR), share]
    return _line(curve, [stop * curve.length for stop in stops], offset)


def outline(curve: Curve, *, offset: float) -> str:
    """A plain line beside the curve, closed."""
    return _line(curve, [*curve.joints, curve.joints[0] + curve.length], lambda _distance: offset) + "z"


def _line(curve: Curve, stops: Sequence[float], offset: Profile) -> str:
    """Bézier pieces from stop to stop that leave and arrive in the direction of the wave."""

    def place(distance: float) -> Point:
        (x, y), (nx, ny) = curve.at(distance)
        away = offset(distance)
        return x + away * nx, y + away * ny

    def towards(distance: float, near: float, reach: float) -> Point:
        (ax, ay), (bx, by) = place(distance), place(distance + near)
        return ax + (bx - ax) * reach / _NEAR, ay + (by - ay) * reach / _NEAR

    data, before = [_pairs("M", place(stops[0]))], 0.0
    for start, end in pairwise(stops):
        reach = (end - start) / 3
        arrival = towards(end, -_NEAR, reach), place(end)
        # After a piece of the same length, the way out mirrors the way in, and need not be told.
        if isclose(reach, before):
            data.append(_pairs("S", *arrival))
        else:
            data.append(_pairs("C", towards(start, _NEAR, reach), *arrival))
        before = reach
    return "".join(data)


def _pairs(command: str, *points: Point) -> str:
    return command + " ".join(f"{x:.1f} {y:.1f}" for x, y in points)
