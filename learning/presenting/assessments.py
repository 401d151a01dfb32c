"""Tests and their results: before a pass, nothing here holds a key or an explanation."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from courses.document import Document, Lesson, Question
from learning.presenting.addresses import OWN, Addresses
from learning.presenting.frame import link
from learning.presenting.learner import Learner
from learning.presenting.lessons import sources
from learning.presenting.words import say
from learning.scoring import ObjectiveScore, needed, score

Context = dict[str, Any]


class Sat(Protocol):
    """A test that somebody sat: an Attempt, or one in memory."""

    pk: int | None
    stage: str
    number: int
    pass_mark: int
    submitted_at: datetime | None
    right: int | None
    score: int | None
    passed: bool | None


class Sheet(Protocol):
    """One question of it: a Response, or one in memory."""

    place: int
    question: str
    order: list[str]
    chosen: list[str]


def questions(
    attempt: Sat, asked: Sequence[Question], responses: Sequence[Sheet], locale: str, addresses: Addresses = OWN
) -> list[Context]:
    return [
        {
            "id": f"q{response.place}",
            "name": f"q{response.place}",
            "stem": say(question.stem, locale),
            "multiple": question.multiple,
            "answer_url": addresses.answer(attempt.pk, response.place),
            "options": [
                {"key": str(place), "text": option["text"], "checked": option["key"] in response.chosen}
                for place, option in enumerate(_ordered(question, response, locale), start=1)
            ],
        }
        for question, response in zip(asked, responses, strict=True)
    ]


def _ordered(question: Question, response: Sheet, locale: str) -> list[Context]:
    options = {option.key: option for option in question.options}
    return [{"key": key, "text": say(options[key].text, locale)} for key in response.order]


def result(
    learner: Learner,
    content: Document,
    attempt: Sat,
    asked: Sequence[Question],
    responses: Sequence[Sheet],
    allowed: int | None,
    locale: str,
    addresses: Addresses = OWN,
) -> Context:
    """`content` is the edition that the attempt was taken in; `lessons` are those of the learner's present path.

    `allowed` is how many attempts the learner has now: one more may have been granted since this one.
    """
    marks = score(asked, {response.question: response.chosen for response in responses})
    again = may_try_again(attempt, allowed)
    objectives = {objective.key: say(objective.text, locale) for objective in content.objectives}
    return {
        "right": attempt.right,
        "total": marks.total,
        "needed": needed(marks.total, attempt.pass_mark),
        "objectives": [
            {
                "text": objectives[mark.objective],
                "right": mark.right,
                "total": mark.total,
                "lessons": _to_read_again(learner, mark, locale, addresses) if again else [],
            }
            for mark in marks.by_objective
        ],
        "attempts_left": allowed - attempt.number if allowed else None,
        "explanations": explained(content, asked, responses, locale) if may_explain(attempt, allowed) else [],
    }


def _to_read_again(learner: Learner, mark: ObjectiveScore, locale: str, addresses: Addresses) -> list[Context]:
    lessons = [step for step in learner.progress.path if isinstance(step, Lesson)]
    lost = mark.right < mark.total
    return [link(learner, step, locale, addresses) for step in lessons if lost and step.objective == mark.objective]


def may_try_again(attempt: Sat, allowed: int | None) -> bool:
    return attempt.stage == "post" and not attempt.passed and not may_explain(attempt, allowed)


def may_explain(attempt: Sat, allowed: int | None) -> bool:
    """After the graded test is passed, or its last attempt used; never after the first test: its form is a twin's.

    With one more granted, the last attempt is the last no longer.
    """
    last = allowed is not None and attempt.number >= allowed
    return attempt.stage == "post" and bool(attempt.passed or last)


def explained(content: Document, asked: Sequence[Question], responses: Sequence[Sheet], locale: str) -> list[Context]:
    return [
        {
            "stem": say(question.stem, locale),
            "chosen": [say(o.text, locale) for o in question.options if o.key in response.chosen],
            "right": [say(o.text, locale) for o in question.options if o.correct],
            "is_right": question.right == frozenset(response.chosen),
            "explanation": say(question.explanation, locale),
            "sources": sources(content, question.sources, locale),
        }
        for question, response in zip(asked, responses, strict=True)
    ]
