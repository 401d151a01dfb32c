"""Tests and their results: before a pass, nothing here holds a key or an explanation."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from courses.document import Document, Lesson, Question
from learning.models import Attempt, Enrolment, Response
from learning.presenting.frame import link
from learning.presenting.lessons import sources
from learning.presenting.words import say
from learning.scoring import ObjectiveScore, needed, score

Context = dict[str, Any]


def questions(attempt: Attempt, asked: Sequence[Question], responses: Sequence[Response], locale: str) -> list[Context]:
    return [
        {
            "id": f"q{response.place}",
            "name": f"q{response.place}",
            "stem": say(question.stem, locale),
            "multiple": question.multiple,
            "answer_url": reverse("interop:answer", args=[attempt.pk, response.place]),
            "options": [
                {"key": str(place), "text": option["text"], "checked": option["key"] in response.chosen}
                for place, option in enumerate(_ordered(question, response, locale), start=1)
            ],
        }
        for question, response in zip(asked, responses, strict=True)
    ]


def _ordered(question: Question, response: Response, locale: str) -> list[Context]:
    options = {option.key: option for option in question.options}
    return [{"key": key, "text": say(options[key].text, locale)} for key in response.order]


def result(
    enrolment: Enrolment, attempt: Attempt, asked: Sequence[Question], responses: Sequence[Response], locale: str
) -> Context:
    """In the words of the edition that the attempt was taken in; `lessons` are those of the learner's present path."""
    content = attempt.release.content
    marks = score(asked, {response.question: response.chosen for response in responses})
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
                "lessons": _to_read_again(enrolment, mark, locale) if may_try_again(attempt) else [],
            }
            for mark in marks.by_objective
        ],
        "attempts_left": attempt.attempts_allowed - attempt.number if attempt.attempts_allowed else None,
        "explanations": _explanations(content, asked, responses, locale) if may_explain(attempt) else [],
    }


def _to_read_again(enrolment: Enrolment, mark: ObjectiveScore, locale: str) -> list[Context]:
    lessons = [step for step in enrolment.progress.path if isinstance(step, Lesson)]
    lost = mark.right < mark.total
    return [link(enrolment, step, locale) for step in lessons if lost and step.objective == mark.objective]


def may_try_again(attempt: Attempt) -> bool:
    return attempt.stage == "post" and not attempt.passed and not may_explain(attempt)


def may_explain(attempt: Attempt) -> bool:
    """After the graded test is passed, or its last attempt used; never after the first test: its form is a twin's."""
    last = attempt.attempts_allowed is not None and attempt.number >= attempt.attempts_allowed
    return attempt.stage == "post" and bool(attempt.passed or last)


def _explanations(
    content: Document, asked: Sequence[Question], responses: Sequence[Response], locale: str
) -> list[Context]:
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
