from collections import Counter

from courses.choices import Form
from courses.crosswalk import Gap, gaps, tally
from tests.factories import question

BANK = (
    question("a1", "A", "stop"),
    question("a2", "A", "ask", settings=("clinic",)),
    question("b1", "B", "stop"),
    question("b2", "B", "ask"),
)


def test_questions_are_counted_for_each_form_setting_and_objective():
    assert tally(BANK) == {Form.A: Counter(stop=1, ask=1), Form.B: Counter(stop=1, ask=1)}
    assert tally(BANK, "clinic") == tally(BANK)
    assert tally(BANK, "school") == {Form.A: Counter(stop=1), Form.B: Counter(stop=1, ask=1)}


def test_gaps_name_what_is_unasked_untaught_and_unequal():
    assert gaps(BANK, ["stop", "ask", "respond"], ["clinic", "school"], {"stop", "respond"}) == [
        Gap("unasked", "respond"),
        Gap("no-lesson", "ask"),
        Gap("unequal", "ask", "school", 0, 1),
    ]


def test_equal_forms_have_no_gap():
    assert gaps(BANK[::2], ["stop"], ["clinic", "school"], {"stop"}) == []


def test_objective_that_is_archived_is_still_counted():
    assert gaps(BANK, ["stop"], ["school"], {"stop"}) == [Gap("unequal", "ask", "school", 0, 1)]
