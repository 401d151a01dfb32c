"""What is done, what comes next and what is missing: pure functions of a path and the finished steps."""

from collections.abc import Iterable

import msgspec

from courses.choices import Stage
from courses.document import Step, Survey, Test
from courses.paths import Path, minutes


class Summary(msgspec.Struct, frozen=True):
    """What the visits of an enrolment come to; kept on it, so that a page needs no visit rows."""

    opened: frozenset[str] = frozenset()
    finished: frozenset[str] = frozenset()

    def with_opened(self, step: str) -> "Summary":
        return Summary(self.opened | {step}, self.finished)

    def with_finished(self, step: str) -> "Summary":
        return Summary(self.opened | {step}, self.finished | {step})

    def as_json(self) -> dict[str, list[str]]:
        return {"opened": sorted(self.opened), "finished": sorted(self.finished)}


def summarise(visits: Iterable[tuple[str, bool]]) -> Summary:
    """The summary of (step key, is finished) facts."""
    facts = list(visits)
    return Summary(frozenset(key for key, _done in facts), frozenset(key for key, done in facts if done))


class Progress(msgspec.Struct, frozen=True):
    """A learner on a path. Only steps of the path count; work on other steps is kept but adds nothing."""

    path: Path
    finished: frozenset[str]

    @property
    def done(self) -> Path:
        return tuple(step for step in self.path if step.key in self.finished)

    @property
    def missing(self) -> Path:
        return tuple(step for step in self.path if step.key not in self.finished)

    @property
    def complete(self) -> bool:
        return not self.missing

    @property
    def percent(self) -> int:
        """0–100, rounded down: 100 is reached only when nothing is missing."""
        return 100 * len(self.done) // len(self.path) if self.path else 0

    @property
    def minutes_left(self) -> int:
        return minutes(self.missing)

    @property
    def next(self) -> Step | None:
        return next(iter(self.missing), None)

    def place(self, key: str) -> int:
        """The step's place on the path from 1; 0 when it is not on it."""
        return next((place for place, step in enumerate(self.path, 1) if step.key == key), 0)

    def following(self, key: str) -> Step | None:
        """The next missing step after this one on the path, else the first missing one; on a finished path the next."""
        later = self.path[self.place(key) :]
        return next((step for step in later if step.key not in self.finished), self.next or next(iter(later), None))

    def waits_for(self, step: Step) -> Path:
        """What must be finished before `step` opens: the final test waits for all before it, the survey for it."""
        if step.key in self.finished:
            return ()
        if isinstance(step, Survey):
            return tuple(other for other in self.missing if _is_final_test(other))
        if _is_final_test(step):
            return tuple(other for other in self.missing if other is not step and not isinstance(other, Survey))
        return ()


def is_closing(step: Step) -> bool:
    """The steps that wait for others."""
    return isinstance(step, Survey) or _is_final_test(step)


def _is_final_test(step: Step) -> bool:
    return isinstance(step, Test) and step.stage == Stage.POST
