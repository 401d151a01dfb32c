"""A test sat in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from courses.choices import Form, Stage
from courses.document import Question, Test
from learning.presenting.lessons import shown_order
from learning.scoring import score
from studio.presenting.preview import PreviewLearner


@dataclass
class PreviewSheet:
    """One question on the page."""

    place: int
    question: str
    order: list[str]
    chosen: list[str] = field(default_factory=list)


@dataclass
class PreviewAttempt:
    stage: str
    pass_mark: int
    pk: None = None
    number: int = 1
    submitted_at: datetime | None = None
    right: int | None = None
    score: int | None = None
    passed: bool | None = None


@dataclass
class Sitting:
    attempt: PreviewAttempt
    asked: Sequence[Question]
    sheets: list[PreviewSheet]

    def choose(self, places: Mapping[int, Sequence[int]]) -> None:
        """Places of questions → places of options as shown, from 1; what is not on the page is left out."""
        for sheet in self.sheets:
            picks = places.get(sheet.place, ())
            sheet.chosen = [key for place, key in enumerate(sheet.order, start=1) if place in picks]

    def choose_right(self) -> None:
        for sheet, question in zip(self.sheets, self.asked, strict=True):
            sheet.chosen = sorted(question.right)

    @property
    def gaps(self) -> list[int]:
        return [sheet.place for sheet in self.sheets if not sheet.chosen]

    def hand_in(self) -> PreviewAttempt:
        marks = score(self.asked, {sheet.question: sheet.chosen for sheet in self.sheets})
        self.attempt.right, self.attempt.score = marks.right, marks.percent
        self.attempt.passed = marks.passes(self.attempt.pass_mark)
        self.attempt.submitted_at = timezone.now()
        return self.attempt


def form_of(learner: PreviewLearner, step: Test) -> Form:
    first = learner.choices.form
    return first if step.stage == Stage.PRE else first.twin


def sit(learner: PreviewLearner, step: Test) -> Sitting:
    """The questions in the order of the bank, their options in an order that gives nothing away."""
    asked = learner.content.questions_for(form_of(learner, step), learner.setting)
    sheets = [
        PreviewSheet(place, question.key, [option.key for option in shown_order(question.key, question.options)])
        for place, question in enumerate(asked, start=1)
    ]
    mark = 0 if step.stage == Stage.PRE else learner.content.pass_mark
    return Sitting(PreviewAttempt(stage=step.stage, pass_mark=mark), asked, sheets)


def attempts_allowed(learner: PreviewLearner, step: Test) -> int | None:
    return 1 if step.stage == Stage.PRE else learner.content.attempts_allowed
