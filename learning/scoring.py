"""Score and pass. Pure."""

from collections.abc import Mapping, Sequence

import msgspec

from courses.document import Question


class ObjectiveScore(msgspec.Struct, frozen=True):
    objective: str
    right: int
    total: int


class Score(msgspec.Struct, frozen=True):
    right: int
    total: int
    by_objective: tuple[ObjectiveScore, ...]

    @property
    def percent(self) -> int:
        """Rounded down, so that a shown score never reaches a mark that was not reached."""
        return 100 * self.right // self.total if self.total else 0

    def passes(self, pass_mark: int) -> bool:
        return self.total > 0 and self.right * 100 >= pass_mark * self.total


def is_right(question: Question, chosen: Sequence[str]) -> bool:
    """All the right options and no other: there is no part credit."""
    return frozenset(chosen) == question.right


def needed(total: int, pass_mark: int) -> int:
    """How many right answers reach the pass mark: 80 % of 12 questions is 10."""
    return -(-pass_mark * total // 100)


def score(questions: Sequence[Question], chosen: Mapping[str, Sequence[str]]) -> Score:
    """`chosen` maps question keys to option keys; a question without an answer is not right."""
    marks = [(question.objective, is_right(question, chosen.get(question.key, ()))) for question in questions]
    objectives = dict.fromkeys(objective for objective, _right in marks)
    return Score(
        right=sum(right for _objective, right in marks),
        total=len(marks),
        by_objective=tuple(
            ObjectiveScore(
                objective=key,
                right=sum(right for objective, right in marks if objective == key),
                total=sum(objective == key for objective, _right in marks),
            )
            for key in objectives
        ),
    )
