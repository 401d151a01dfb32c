"""What was chosen in the exercises of a preview, answered from memory."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.http import QueryDict

from courses.document import Case, Check, Lesson, Sort
from learning.cases import choice_made
from learning.errors import UnknownChoice
from learning.presenting.lessons import is_exercise
from learning.presenting.places import check_choices, positive, sort_choices


class Given(NamedTuple):
    """An answer to a check or sort: options, or item → category."""

    number: int
    chosen: list[str] | dict[str, str]


class Decided(NamedTuple):
    node: str
    choice: str


def chosen_in(block: Check | Sort, sent: QueryDict) -> list[str] | dict[str, str]:
    """Empty unless it is a whole answer. Raises UnknownChoice."""
    if isinstance(block, Check):
        return check_choices(block, sent)
    places = sort_choices(block, sent)
    return places if len(places) == len(block.items) else {}


def answers(step: Lesson, sent: QueryDict, block: str) -> Mapping[str, Given]:
    """The answers that the page shows: to `block` now, and those that were given before.

    The number that a page sends with an exercise is that of its next answer.
    """
    given: dict[str, Given] = {}
    for exercise in filter(is_exercise, step.blocks):
        number = positive(sent.get(f"{exercise.key}.number", "1")) - (exercise.key != block)
        chosen = chosen_in(exercise, sent) if number else None
        if chosen:
            given[exercise.key] = Given(number, chosen)
    return given


def decisions(case: Case, choices: Iterable[str]) -> list[Decided]:
    """Where the choices lead, each made where the one before has led. Raises UnknownChoice."""
    made: list[Decided] = []
    at = case.start
    for key in choices:
        found = choice_made(case, Decided(at, key))
        if found is None:
            raise UnknownChoice
        made.append(Decided(at, key))
        at = found.to
    return made
