import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.scoring import ObjectiveScore, Score, is_right, needed, score
from tests.factories import option, question

ASKED = (question("q1", "A", "stop"), question("q2", "A", "ask"), question("q3", "A", "stop"))
BOTH = msgspec.structs.replace(
    question("q", "A"), multiple=True, options=(option("a", correct=True), option("b", correct=True), option("c"))
)


def test_score_counts_right_answers_in_all_and_by_objective():
    assert score(ASKED, {"q1": ["b"], "q2": ["a"], "q3": ["b"]}) == Score(
        right=2, total=3, by_objective=(ObjectiveScore("stop", 2, 2), ObjectiveScore("ask", 0, 1))
    )


def test_question_without_an_answer_is_not_right():
    assert score(ASKED, {"q1": ["b"]}).right == 1


def test_answer_to_a_question_that_was_not_asked_counts_nothing():
    assert score(ASKED, {"other": ["b"]}).right == 0


@pytest.mark.parametrize(
    "chosen, right", [(["a", "b"], True), (["b", "a"], True), (["a"], False), (["a", "b", "c"], False), ([], False)]
)
def test_several_right_options_must_all_be_chosen_and_no_other(chosen, right):
    assert is_right(BOTH, chosen) is right


def test_choosing_everything_is_never_right():
    assert not is_right(ASKED[0], ["a", "b", "c"])


@pytest.mark.parametrize(
    "right, total, mark, percent, passed",
    [
        (10, 12, 80, 83, True),
        (9, 12, 80, 75, False),
        (4, 5, 80, 80, True),
        (2, 3, 67, 66, False),
        (2, 3, 66, 66, True),
        (0, 5, 0, 0, True),
        (0, 0, 0, 0, False),
        (0, 0, 80, 0, False),
        (5, 5, 100, 100, True),
        (199, 200, 100, 99, False),
    ],
)
def test_percent_is_rounded_down_and_never_decides(right, total, mark, percent, passed):
    result = Score(right=right, total=total, by_objective=())
    assert (result.percent, result.passes(mark)) == (percent, passed)


@given(st.integers(1, 60), st.integers(1, 100))
def test_needed_right_answers_are_the_fewest_that_pass(total, mark):
    fewest = needed(total, mark)
    assert Score(right=fewest, total=total, by_objective=()).passes(mark)
    assert not Score(right=fewest - 1, total=total, by_objective=()).passes(mark)
    assert fewest <= total
