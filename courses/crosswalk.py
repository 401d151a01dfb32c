"""Which objectives the tests ask about: the forms must ask each setting alike. Pure."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from courses.choices import Form
from courses.document import Question

Tally = dict[Form, Counter[str]]


class Gap(NamedTuple):
    """What is amiss with an objective: `what` is unasked, no-lesson or unequal; `setting` narrows it down."""

    what: str
    objective: str
    setting: str = ""
    a: int = 0
    b: int = 0


def tally(questions: Iterable[Question], setting: str = "") -> Tally:
    """Form → how many questions it asks about each objective: somebody in this setting, or without one, in all."""
    counts: Tally = {form: Counter() for form in Form}
    for question in questions:
        if not setting or not question.settings or setting in question.settings:
            counts[Form(question.form)][question.objective] += 1
    return counts


def gaps(
    questions: Iterable[Question], objectives: Iterable[str], settings: Iterable[str], taught: set[str]
) -> list[Gap]:
    """`taught` are the objectives that some lesson is for."""
    questions, objectives, settings = list(questions), list(objectives), list(settings)
    asked = {question.objective for question in questions}
    found = [Gap("unasked", key) for key in objectives if key not in asked]
    found += [Gap("no-lesson", key) for key in objectives if key not in taught]
    for setting in settings:
        counts = tally(questions, setting)
        for key in sorted(asked, key=lambda key: (key not in objectives, key)):
            a, b = counts[Form.A][key], counts[Form.B][key]
            if a != b:
                found.append(Gap("unequal", key, setting, a, b))
    return found
