"""What the branches of a module amount to: each setting's path, what it lacks, and the steps out of reach. Pure.

A draft's rows and a release's steps are both told as stops, so that an outline needs no document.
"""

from collections.abc import Iterable

import msgspec

from courses.choices import StepKind
from courses.paths import belongs, minutes

# What a path must hold; a test goes by its stage.
NEEDS = ("lesson", "case", "survey", "pre", "post")
ENDS = frozenset({"post", "survey"})


class Stop(msgspec.Struct, frozen=True):
    """A step as its branch sees it: `role` is one of NEEDS; no settings means everyone."""

    key: str
    role: str
    minutes: int
    settings: tuple[str, ...] = ()


class Line(msgspec.Struct, frozen=True):
    """The path of one setting; `lacks` names those of NEEDS that it does not have."""

    setting: str
    stops: tuple[Stop, ...]
    lacks: tuple[str, ...]

    @property
    def minutes(self) -> int:
        return minutes(self.stops)

    @property
    def has_end(self) -> bool:
        return not ENDS & set(self.lacks)


class Branches(msgspec.Struct, frozen=True):
    """`orphans` are the steps of no line; `strays` pairs of a step and a setting it names that the module lacks."""

    lines: tuple[Line, ...]
    orphans: tuple[str, ...]
    strays: tuple[tuple[str, str], ...]


def role_of(kind: str, stage: str = "") -> str:
    return stage if kind == StepKind.TEST else kind


def lacks(roles: Iterable[str]) -> tuple[str, ...]:
    """Which of NEEDS a path of these roles does not have."""
    there = set(roles)
    return tuple(need for need in NEEDS if need not in there)


def branches(stops: Iterable[Stop], settings: Iterable[str]) -> Branches:
    """`stops` and `settings` in the order of the outline."""
    stops, settings = tuple(stops), tuple(settings)
    lines = tuple(_line(stops, setting) for setting in settings)
    reached = {stop.key for line in lines for stop in line.stops}
    return Branches(
        lines=lines,
        orphans=tuple(stop.key for stop in stops if stop.key not in reached),
        strays=tuple((stop.key, key) for stop in stops for key in stop.settings if key not in settings),
    )


def _line(stops: tuple[Stop, ...], setting: str) -> Line:
    own = tuple(stop for stop in stops if belongs(stop, setting))
    return Line(setting=setting, stops=own, lacks=lacks(stop.role for stop in own))
