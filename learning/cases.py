"""Where a run through a practice case stands. Pure."""

from collections.abc import Iterable
from typing import Protocol

from courses.document import Case, CaseChoice, CaseNode


class Decision(Protocol):
    node: str
    choice: str


def choice_made(case: Case, decision: Decision) -> CaseChoice | None:
    """None when this edition of the case does not have it."""
    node = case.node(decision.node)
    choices = node.choices if node else ()
    return next((choice for choice in choices if choice.key == decision.choice), None)


def standing_at(case: Case, decisions: Iterable[Decision]) -> str:
    """The key of the node that the decisions of one run, in order, lead to."""
    at = case.start
    for decision in decisions:
        at = choice_made(case, decision).to
    return at


def walked(case: Case, decisions: Iterable[Decision]) -> list[tuple[CaseNode, CaseChoice]]:
    """The nodes of a run that are behind the learner, each with the choice made there."""
    return [(case.node(decision.node), choice_made(case, decision)) for decision in decisions]
