"""A module as large as one may become, ready to be published: for query counts and benchmarks."""

from datetime import date
from typing import Any

from django.db import models

from courses.choices import BlockKind, Ending, Form, Stage, StepKind, SurveyKind
from courses.models import (
    Block,
    CaseChoice,
    CaseNode,
    Module,
    Objective,
    Option,
    Question,
    Section,
    Setting,
    Step,
    SurveyItem,
)

TEXTS = ("title", "summary", "description", "audience", "authors", "provider", "credit", "statement")
PARAGRAPH = "A paragraph of **some** words that a learner reads. " * 11 + "The end."
PARAGRAPH_ES = "Un párrafo de **algunas** palabras que alguien lee. " * 11 + "Fin."


def large_module(steps: int = 200, questions: int = 1000, key: str = "large") -> Module:
    """Both languages; the steps are lessons of three blocks, but for two tests, a case and the survey."""
    setting, _new = Setting.objects.get_or_create(
        key="clinic", defaults={"icon": "people", **_both("Clinic", "name", "places")}
    )
    module = Module.objects.create(
        key=key,
        pass_mark=80,
        released_on=date(2026, 1, 1),
        review_on=date(2098, 1, 1),
        terminates_on=date(2099, 1, 1),
        **_both(f"Module {key}", *TEXTS),
    )
    module.settings.add(setting)
    objective = Objective.objects.create(module=module, key="stop", position=1, **_both("Objective", "text"))
    section = Section.objects.create(module=module, key="learn", position=1, **_both("Section", "title"))
    _steps(module, section, steps)
    _bank(module, objective, questions)
    return module


def _both(text: str, *names: str) -> dict[str, str]:
    return {f"{name}_en": text for name in names} | {f"{name}_es": f"{text} (español)" for name in names}


def _make(model: type[models.Model], rows: list[dict[str, Any]]) -> list[Any]:
    return models.QuerySet(model=model).bulk_create([model(**row) for row in rows])


def _steps(module: Module, section: Section, count: int) -> None:
    lesson = {"kind": StepKind.LESSON, **_both("Summary", "summary")}
    kinds = [
        {"kind": StepKind.TEST, "stage": Stage.PRE, **_both("Intro", "intro")},
        *[lesson] * (count - 4),
        {"kind": StepKind.CASE, "start": "arrival", **_both("Summary", "summary")},
        {"kind": StepKind.TEST, "stage": Stage.POST, **_both("Intro", "intro")},
        {"kind": StepKind.SURVEY, **_both("Intro", "intro")},
    ]
    common = {"module": module, "section": section, "minutes": 3}
    steps = _make(
        Step,
        [
            {**common, "key": f"step-{place}", "position": place, **_both(f"Step {place}", "title"), **kind}
            for place, kind in enumerate(kinds, start=1)
        ],
    )
    _make(
        Block,
        [
            {
                "step": step,
                "key": f"block-{place}",
                "position": place,
                "kind": BlockKind.TEXT,
                "body_en": PARAGRAPH,
                "body_es": PARAGRAPH_ES,
            }
            for step in steps
            if step.kind == StepKind.LESSON
            for place in (1, 2, 3)
        ],
    )
    _case(next(step for step in steps if step.kind == StepKind.CASE))
    _make(
        SurveyItem,
        [{"step": steps[-1], "key": "comment", "position": 1, "kind": SurveyKind.TEXT, **_both("Say", "prompt")}],
    )


def _case(step: Step) -> None:
    arrival, end = _make(
        CaseNode,
        [
            {"step": step, "key": "arrival", "position": 1, **_both("Arrival", "body")},
            {"step": step, "key": "end", "position": 2, "ending": Ending.STRONG, **_both("End", "body")},
        ],
    )
    _make(CaseChoice, [{"node": arrival, "key": "ask", "position": 1, "to": end, **_both("Ask", "text", "feedback")}])


def _bank(module: Module, objective: Objective, count: int) -> None:
    questions = _make(
        Question,
        [
            {
                "module": module,
                "key": f"question-{place}",
                "position": place,
                "form": (Form.A, Form.B)[place % 2],
                "objective": objective,
                **_both(f"Question {place}", "stem", "explanation"),
            }
            for place in range(1, count + 1)
        ],
    )
    _make(
        Option,
        [
            {
                "question": question,
                "key": f"option-{place}",
                "position": place,
                "correct": place == 1,
                **_both(f"Option {place}", "text"),
            }
            for question in questions
            for place in (1, 2, 3, 4)
        ],
    )
