import re
from cmath import rect
from math import pi

import pytest

from certificates import guilloche, ornaments


def points(path: str) -> list[tuple[float, float]]:
    """Where the Bézier pieces of the first closed line meet."""
    first = path.split("z")[0]
    start, *pieces = re.split("[MCS]", first)[1:]
    ends = [" ".join(piece.split()[-2:]) for piece in pieces]
    return [tuple(map(float, place.split())) for place in (start, *ends)]


def test_line_around_a_chamfered_rectangle_closes():
    curve = guilloche.chamfered(400, 300, cut=40, radius=20)
    places = points(guilloche.outline(curve, offset=0))
    assert (places[0], places[-1]) == ((0, -150), (0, -150))


def test_chamfered_rectangle_has_four_equal_corners():
    curve = guilloche.chamfered(400, 300, cut=40, radius=20)
    quarters = [curve.at(curve.length * quarter / 4)[0] for quarter in range(4)]
    assert quarters == [pytest.approx(place) for place in [(0, -150), (200, 0), (0, 150), (-200, 0)]]


def test_braid_stays_within_its_amplitude():
    curve = guilloche.circle(50)
    radii = [(x**2 + y**2) ** 0.5 for x, y in points(guilloche.braid(curve, waves=8, strands=1, amplitude=lambda _: 5))]
    assert (round(min(radii)), round(max(radii))) == (45, 55)


def test_parts_of_a_braid_meet_where_they_are_repeated():
    curve = guilloche.circle(50)
    twelfth = guilloche.braid(curve, waves=12, strands=6, amplitude=lambda _: 5, share=1 / 12)
    strands = [re.split("[MCS]", strand)[1:] for strand in twelfth.split("M")[1:] for strand in ["M" + strand]]
    starts = [complex(*map(float, strand[0].split())) for strand in strands]
    ends = [complex(*map(float, strand[-1].split()[-2:])) for strand in strands]
    turned = [end * rect(1, -pi / 6) for end in ends]
    assert all(abs(one - other) < 0.15 for one, other in zip(starts, turned, strict=True))


def test_border_has_its_lines_and_stays_small():
    border = ornaments.border()
    assert (border.count("<path"), border.count("<use"), len(border) < 25_000) == (5, 4, True)
