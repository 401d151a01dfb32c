"""A practice case where the learner stands in it."""

from collections.abc import Sequence
from typing import Any

from courses.document import Case, Document
from learning.cases import Decision, standing_at, walked
from learning.presenting.lessons import sources
from learning.presenting.words import say, show

Context = dict[str, Any]


def case(content: Document, step: Case, run: int, decisions: Sequence[Decision], locale: str) -> Context:
    node = step.node(standing_at(step, decisions))
    return {
        "summary": show(step.summary, locale),
        "sources": sources(content, step.sources, locale),
        "run": run,
        "walked": [
            {
                "html": show(behind.html, locale),
                "choice": say(choice.text, locale),
                "feedback": say(choice.feedback, locale),
            }
            for behind, choice in walked(step, decisions)
        ],
        "node": {
            "key": node.key,
            "html": show(node.html, locale),
            "ending": node.ending,
            "options": [
                {"key": str(place), "text": say(choice.text, locale)} for place, choice in enumerate(node.choices, 1)
            ],
        },
    }
