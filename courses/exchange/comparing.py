"""What a file that came back would change, text by text, before anything is written. Pure."""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

import msgspec

from courses.choices import LONGEST_TEXT
from courses.exchange.inline_codes import codes_of
from courses.exchange.reading import Delivery, Refused, Returned, Why
from courses.exchange.xliff import Job, Unit, base_of
from courses.freshness import tidy
from courses.pasting import holds_html


class Outcome(StrEnum):
    WRITE = "write"
    SAME = "same"
    EMPTY = "empty"  # came back without a translation
    KEPT = "kept"  # somebody has translated it here since the file was made
    SOURCE_CHANGED = "source-changed"
    CODES = "codes"  # of the source, some are missing, altered or too many
    HTML = "html"  # as out of a word processor
    TOO_LONG = "too-long"
    UNKNOWN = "unknown"
    TWICE = "twice"

    @property
    def is_problem(self) -> bool:
        return self not in (Outcome.WRITE, Outcome.SAME, Outcome.EMPTY)


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """`missing` and `extra` are the codes that differ."""

    id: str
    outcome: Outcome
    old: str = ""
    new: str = ""
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()


def compare(job: Job, files: Iterable[Delivery]) -> list[Compared]:
    """`job` is what would be handed out now. Raises Refused for another module or other languages."""
    returned = [unit for file in files for unit in _units(job, file)]
    current = {unit.id: unit for unit in job.units}
    times = Counter(unit.id for unit in returned)
    return [_compared(unit, current.get(unit.id), times[unit.id]) for unit in returned]


def _units(job: Job, file: Delivery) -> tuple[Returned, ...]:
    if file.module != job.module:
        raise Refused(Why.OTHER_MODULE)
    if (file.source, file.target) != (job.source, job.target):
        raise Refused(Why.OTHER_LANGUAGES)
    return file.units


def _compared(returned: Returned, unit: Unit | None, times: int) -> Compared:
    if unit is None or times > 1:
        return Compared(id=returned.id, outcome=Outcome.TWICE if unit else Outcome.UNKNOWN, new=returned.target or "")
    new = tidy(returned.target or "")
    outcome = _outcome(returned, unit, new)
    missing, extra = _differing_codes(new, unit) if outcome is Outcome.CODES else ((), ())
    return Compared(id=unit.id, outcome=outcome, old=unit.target, new=new, missing=missing, extra=extra)


def _outcome(returned: Returned, unit: Unit, new: str) -> Outcome:
    if returned.source is None or returned.target is None:
        return Outcome.CODES
    if not new:
        return Outcome.EMPTY
    if new == tidy(unit.target):
        return Outcome.SAME
    if tidy(returned.source) != tidy(unit.source):
        return Outcome.SOURCE_CHANGED
    if returned.base != base_of(unit.target) and unit.target:
        return Outcome.KEPT
    if len(new) > (unit.limit or LONGEST_TEXT):
        return Outcome.TOO_LONG
    if any(_differing_codes(new, unit)):
        return Outcome.CODES
    return Outcome.HTML if holds_html(new) and not holds_html(unit.source) else Outcome.WRITE


def _differing_codes(new: str, unit: Unit) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """None where the translation that stands here has the same codes: a Spanish page may have another address."""
    source, found = codes_of(unit.source, unit.style), codes_of(new, unit.style)
    if found == codes_of(unit.target, unit.style):
        return (), ()
    return tuple((source - found).elements()), tuple((found - source).elements())
