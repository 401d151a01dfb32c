"""Tests and their results: before a pass, nothing here holds a key or an explanation."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from courses.document import Document, Question
from learning.models import Attempt, Response
from learning.presenting.lessons import sources
from learning.presenting.words import say
from learning.scoring import needed, score

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
    content: Document, attempt: Attempt, asked: Sequence[Question], responses: Sequence[Response], locale: str
) -> Context:
    marks = score(asked, {response.question: response.chosen for response in responses})
    objectives = {objective.key: say(objective.text, locale) for objective in content.objectives}
    return {
        "right": attempt.right,
        "total": marks.total,
        "needed": needed(marks.total, attempt.pass_mark),
        "objectives": [
            {"text": objectives[mark.objective], "right": mark.right, "total": mark.total}
            for mark in marks.by_objective
        ],
        "attempts_left": attempt.attempts_allowed - attempt.number if attempt.attempts_allowed else None,
        "explanations": _explanations(content, asked, responses, locale) if may_explain(attempt) else [],
    }


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
