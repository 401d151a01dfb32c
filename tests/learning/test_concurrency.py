"""A double click, two tabs, a replayed request: many at once write what one writes."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from learning.models import Attempt, CaseDecision, CheckAnswer, Completion, Enrolment, FormBalance, Visit
from learning.services.attempts import save_answers, start_attempt, submit
from learning.services.enrolments import change_setting, enrol
from learning.services.practice import answer_check, decide
from learning.services.steps import finish_lesson, open_step
from learning.services.surveys import answer_survey
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
TIMES = 10


def at_once(act: Callable, times: int = TIMES) -> list:
    """What each of several threads got, all let go together."""
    gate = threading.Barrier(times)

    def run(place: int):
        try:
            gate.wait()
            return act(place)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def common(row: Enrolment, key: str) -> dict:
    return {"enrolment": row, "step": row.content.step(key), "locale": "en", "by": row.user}


@pytest.fixture
def row() -> Enrolment:
    return factories.enrolment()


@pytest.fixture
def ready(row) -> Enrolment:
    for key in ("first-test", "shared", "clinic-lesson", "clinic-case"):
        row = factories.finish(row, key)
    return row


def test_ten_who_hand_in_one_attempt_get_one_result(ready):
    attempt = start_attempt(**common(ready, "final-test"))
    chosen = {response.place: [response.order.index("b") + 1] for response in attempt.responses.all()}
    save_answers(attempt=attempt, chosen=chosen, locale="en", by=ready.user)

    def hand_in(_place: int) -> tuple:
        result = submit(attempt=Attempt.objects.get(pk=attempt.pk), locale="en", by=ready.user)
        return result.pk, result.score, result.passed, result.submitted_at

    results = at_once(hand_in)
    assert len(results) == TIMES
    assert set(results) == {(attempt.pk, 100, True, Attempt.objects.get(stage="post").submitted_at)}
    assert Visit.objects.filter(step="final-test").count() == 1


def test_ten_who_enrol_one_learner_get_one_enrolment():
    factories.release()
    nurse = factories.user()
    rows = at_once(lambda _place: enrol(user=nurse, module_key="basics", setting="clinic", locale="en", by=nurse))
    assert {row.pk for row in rows} == {Enrolment.objects.get().pk}
    assert (Enrolment.objects.get().setting_choices.count(), FormBalance.objects.get().begun) == (1, 1)


def test_ten_learners_who_enrol_are_balanced_over_the_forms():
    factories.release()
    people = [factories.user(f"nurse{place}@example.org") for place in range(TIMES)]

    def begin(place: int) -> str:
        nurse = people[place]
        return enrol(user=nurse, module_key="basics", setting="clinic", locale="en", by=nurse).pre_form

    assert sorted(at_once(begin)) == ["A"] * 5 + ["B"] * 5


def test_ten_decisions_at_one_node_are_one(row):
    at_once(lambda _place: decide(run=1, node="arrival", choice="ask", **common(row, "clinic-case")))
    assert list(CaseDecision.objects.values_list("run", "node", "choice")) == [(1, "arrival", "ask")]


def test_ten_different_decisions_at_one_node_are_one(row):
    choices = ["ask", "leave"] * 5
    at_once(lambda place: decide(run=1, node="arrival", choice=choices[place], **common(row, "clinic-case")))
    assert CaseDecision.objects.count() == 1


def test_ten_answers_of_one_number_are_one(row):
    block = row.content.step("shared").blocks[1]
    at_once(lambda _place: answer_check(block=block, chosen=["a"], number=1, **common(row, "shared")))
    assert list(CheckAnswer.objects.values_list("number", "chosen")) == [(1, ["a"])]


def test_ten_starts_are_one_attempt(ready):
    attempts = at_once(lambda _place: start_attempt(**common(ready, "final-test")))
    assert {attempt.pk for attempt in attempts} == {Attempt.objects.get(stage="post").pk}
    assert Attempt.objects.get(stage="post").responses.count() == 2


def test_ten_openings_of_one_step_are_one_visit(row):
    at_once(lambda _place: open_step(**common(row, "shared")))
    assert list(Visit.objects.values_list("step", flat=True)) == ["shared"]


def test_different_steps_finished_at_once_are_all_kept(row):
    keys = ["shared", "clinic-lesson", "school-lesson"]
    at_once(lambda place: finish_lesson(**common(row, keys[place])), times=3)
    assert sorted(Enrolment.objects.get().facts.finished) == sorted(keys)


def test_ten_last_answers_are_one_completion(ready):
    factories.hand_in(ready)
    at_once(lambda _place: answer_survey(answers={"ready": "4"}, **common(ready, "survey")))
    assert Completion.objects.get().enrolment == ready
    assert Enrolment.objects.get().completed_at == Completion.objects.get().at


def test_ten_changes_to_one_setting_are_one_choice(row):
    at_once(lambda _place: change_setting(enrolment=row, setting="school", locale="en", by=row.user))
    assert list(row.setting_choices.values_list("before", "setting")) == [("", "clinic"), ("clinic", "school")]
