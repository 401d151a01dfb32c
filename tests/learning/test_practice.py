import pytest
from django.db import IntegrityError, transaction
from msgspec.structs import replace

from learning.errors import UnknownChoice
from learning.models import CaseDecision, CheckAnswer, Enrolment, Visit
from learning.queries import current_run, latest_check_answers
from learning.services.enrolments import move_to_release
from learning.services.practice import answer_check, decide
from tests import factories

pytestmark = pytest.mark.django_db
SORTED = {"first": "one", "second": "two"}


def answer(row: Enrolment, chosen, number: int, block: str = "check", locale: str = "en") -> None:
    step = row.content.step("shared")
    found = next(item for item in step.blocks if item.key == block)
    answer_check(enrolment=row, step=step, block=found, chosen=chosen, number=number, locale=locale, by=row.user)


def answers() -> list[tuple]:
    return list(CheckAnswer.objects.values_list("block", "number", "chosen", "locale", "setting"))


def choose(row: Enrolment, node: str, choice: str, run: int = 1) -> Enrolment:
    step = row.content.step("clinic-case")
    return decide(enrolment=row, step=step, run=run, node=node, choice=choice, locale="en", by=row.user)


def decisions() -> list[tuple]:
    return list(CaseDecision.objects.values_list("run", "node", "choice"))


def finished() -> list[str]:
    return Enrolment.objects.get().summary.get("finished", [])


def test_every_answer_to_a_check_is_kept_and_the_last_one_shows(row):
    answer(row, ["a"], 1)
    answer(row, ["b"], 2, locale="es")
    assert answers() == [("check", 1, ["a"], "en", "clinic"), ("check", 2, ["b"], "es", "clinic")]
    assert {block: last.chosen for block, last in latest_check_answers(row, "shared").items()} == {"check": ["b"]}


def test_answering_opens_the_lesson_but_does_not_finish_it(row):
    answer(row, ["a"], 1)
    assert list(Visit.objects.values_list("step", "finished_at")) == [("shared", None)]


@pytest.mark.parametrize("number", [1, 3, 99])
def test_replayed_or_invented_number_writes_nothing(number, row):
    answer(row, ["a"], 1)
    answer(row, ["b"], number)
    assert answers() == [("check", 1, ["a"], "en", "clinic")]


def test_number_counts_for_each_block_apart(row):
    answer(row, ["a"], 1)
    answer(row, SORTED, 1, block="sort")
    assert answers() == [("check", 1, ["a"], "en", "clinic"), ("sort", 1, SORTED, "en", "clinic")]


@pytest.mark.parametrize(
    "block, chosen",
    [
        ("check", ["d"]),
        ("check", []),
        ("check", ["a", "b"]),
        ("sort", {}),
        ("sort", {"first": "one"}),
        ("sort", {"first": "one", "second": "three"}),
        ("sort", {**SORTED, "third": "one"}),
    ],
)
def test_answer_that_does_not_fit_is_refused(block, chosen, row):
    with pytest.raises(UnknownChoice):
        answer(row, chosen, 1, block=block)
    assert (answers(), Visit.objects.count()) == ([], 0)


def test_several_options_are_accepted_where_several_are_right(db):
    shared = factories.lesson("shared")
    blocks = tuple(replace(block, multiple=True) if block.key == "check" else block for block in shared.blocks)
    steps = factories.document().steps
    row = factories.enrolment(content=factories.document(steps=(replace(shared, blocks=blocks), *steps[2:])))
    answer(row, ["a", "b"], 1)
    assert answers() == [("check", 1, ["a", "b"], "en", "clinic")]


def test_same_number_twice_is_refused_by_the_database(row):
    answer(row, ["a"], 1)
    twin = CheckAnswer.objects.get()
    twin.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_case_is_finished_at_an_ending_and_not_before(row):
    choose(row, "arrival", "ask")
    assert finished() == []
    choose(row, "alone", "listen")
    assert finished() == ["clinic-case"]
    assert decisions() == [(1, "arrival", "ask"), (1, "alone", "listen")]


def test_replayed_decision_writes_nothing(row):
    choose(row, "arrival", "ask")
    choose(row, "arrival", "ask")
    assert decisions() == [(1, "arrival", "ask")]


def test_second_thought_at_a_node_already_passed_writes_nothing(row):
    choose(row, "arrival", "ask")
    choose(row, "arrival", "leave")
    assert (decisions(), finished()) == ([(1, "arrival", "ask")], [])


def test_decision_at_a_node_not_reached_writes_nothing(row):
    choose(row, "alone", "listen")
    assert (decisions(), finished()) == ([], [])


def test_next_run_begins_with_its_first_decision(row):
    choose(row, "arrival", "leave")
    choose(row, "arrival", "ask", run=2)
    choose(row, "arrival", "ask", run=2)
    assert decisions() == [(1, "arrival", "leave"), (2, "arrival", "ask")]
    run, made = current_run(row, row.content.step("clinic-case"))
    assert (run, [decision.node for decision in made]) == (2, ["arrival"])


def test_page_of_an_old_run_left_open_writes_nothing(row):
    choose(row, "arrival", "ask")
    choose(row, "arrival", "leave", run=2)
    choose(row, "alone", "listen", run=1)
    assert decisions() == [(1, "arrival", "ask"), (2, "arrival", "leave")]


def test_run_far_ahead_writes_nothing(row):
    choose(row, "arrival", "ask", run=7)
    assert decisions() == []


@pytest.mark.parametrize("node, choice", [("arrival", "none"), ("arrival", "listen")])
def test_choice_of_another_node_is_refused(node, choice, row):
    with pytest.raises(UnknownChoice):
        choose(row, node, choice)
    assert decisions() == []


def test_nothing_can_be_chosen_at_an_ending(row):
    choose(row, "arrival", "leave")
    with pytest.raises(UnknownChoice):
        choose(row, "end", "leave")
    assert decisions() == [(1, "arrival", "leave")]


def test_two_decisions_at_one_node_of_a_run_are_refused_by_the_database(row):
    choose(row, "arrival", "ask")
    twin = CaseDecision.objects.get()
    twin.pk, twin.choice = None, "leave"
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_run_that_a_new_edition_no_longer_knows_gives_way_to_the_next(row):
    choose(row, "arrival", "ask")
    steps = factories.document().steps
    arrival, _alone, end = row.content.step("clinic-case").nodes
    changed = replace(row.content.step("clinic-case"), nodes=(replace(arrival, choices=arrival.choices[1:]), end))
    content = factories.document(steps=tuple(changed if step.key == "clinic-case" else step for step in steps))
    row = move_to_release(enrolment=row, release=factories.release(content, number=2), locale="en", by=row.user)
    assert current_run(row, row.content.step("clinic-case")) == (2, [])
    choose(row, "arrival", "leave", run=2)
    assert (decisions(), finished()) == ([(1, "arrival", "ask"), (2, "arrival", "leave")], ["clinic-case"])
