import pytest
from django.db import IntegrityError, transaction
from msgspec.structs import replace

from learning.errors import NoAttemptsLeft, NotOpenYet, Unanswered, UnknownChoice
from learning.models import Attempt, Completion, Enrolment, Response
from learning.services.attempts import save_answer, save_answers, start_attempt, submit
from learning.services.enrolments import change_setting, move_to_release
from tests import factories

pytestmark = pytest.mark.django_db


def start(row: Enrolment, key: str = "final-test", locale: str = "en") -> Attempt:
    return start_attempt(enrolment=row, step=row.content.step(key), locale=locale, by=row.user)


def save(attempt: Attempt, chosen: dict, locale: str = "en") -> bool:
    return save_answers(attempt=attempt, chosen=chosen, locale=locale, by=attempt.enrolment.user)


def place_of(response: Response, option: str) -> int:
    return response.order.index(option) + 1


def all_with(attempt: Attempt, option: str) -> dict[int, list[int]]:
    return {response.place: [place_of(response, option)] for response in attempt.responses.all()}


def hand_in(attempt: Attempt) -> Attempt:
    return submit(attempt=attempt, locale="en", by=attempt.enrolment.user)


def saved(attempt: Attempt) -> list[list[str]]:
    return list(attempt.responses.values_list("chosen", flat=True))


def limited(allowed: int | None, **fields) -> Enrolment:
    """Everything before the final test is done."""
    row = factories.enrolment(content=factories.document(attempts_allowed=allowed, **fields))
    for key in ("first-test", "shared", "clinic-lesson", "clinic-case"):
        row = factories.finish(row, key)
    return row


def test_attempt_copies_the_rules_it_began_under(ready):
    attempt = start(ready, locale="es")
    assert {
        name: getattr(attempt, name)
        for name in ("stage", "number", "pass_mark", "attempts_allowed", "locale", "setting", "release", "score")
    } == {
        "stage": "post",
        "number": 1,
        "pass_mark": 80,
        "attempts_allowed": None,
        "locale": "es",
        "setting": "clinic",
        "release": ready.release,
        "score": None,
    }


def test_responses_are_there_from_the_beginning_and_hold_the_options_as_shown(ready):
    responses = list(start(ready).responses.all())
    assert [response.place for response in responses] == [1, 2]
    assert [(sorted(r.order), r.chosen, r.saved_at) for r in responses] == [(["a", "b", "c"], [], None)] * 2


@pytest.mark.parametrize("form, twin", [("A", "B"), ("B", "A")])
def test_first_and_final_test_ask_twin_forms(form, twin, row):
    Enrolment.objects.update(pre_form=form)
    row = factories.finish(row, "first-test")
    for key in ("shared", "clinic-lesson", "clinic-case"):
        row = factories.finish(row, key)
    start(row)
    asked = {
        attempt.stage: (attempt.form, sorted(attempt.responses.values_list("question", flat=True)))
        for attempt in Attempt.objects.all()
    }
    assert asked == {
        "pre": (form, [f"{form.lower()}1", f"{form.lower()}2"]),
        "post": (twin, [f"{twin.lower()}1", f"{twin.lower()}2"]),
    }


def test_attempt_asks_the_questions_of_its_setting_only():
    questions = tuple(
        factories.question(f"{form.lower()}-{setting}", form, settings=(setting,))
        for form in "AB"
        for setting in ("clinic", "school")
    )
    row = limited(None, questions=questions)
    assert [key[2:] for key in start(row).responses.values_list("question", flat=True)] == ["clinic"]


def test_starting_again_returns_the_attempt_under_way(ready):
    assert start(ready) == start(ready)
    assert Attempt.objects.filter(stage="post").count() == 1


def test_second_attempt_under_way_is_refused_by_the_database(ready):
    twin = start(ready)
    twin.pk, twin.number = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_final_test_does_not_start_before_its_time(row):
    with pytest.raises(NotOpenYet) as refused:
        start(row)
    assert [step.key for step in refused.value.waits_for] == ["first-test", "shared", "clinic-lesson", "clinic-case"]
    assert Attempt.objects.count() == 0


def test_retake_asks_the_same_form_in_a_new_order():
    questions = tuple(factories.question(f"{form.lower()}{n}", form) for form in "AB" for n in range(8))
    row = limited(None, questions=questions)
    orders = []
    for _attempt in range(4):
        attempt = factories.hand_in(row, right=False)
        orders.append(list(attempt.responses.values_list("question", flat=True)))
    assert len({frozenset(order) for order in orders}) == 1
    assert len({tuple(order) for order in orders}) > 1
    assert set(Attempt.objects.filter(stage="post").values_list("form", flat=True)) == {"B"}


def test_saving_keeps_what_was_chosen_by_key_with_its_language(ready):
    attempt = start(ready)
    assert save(attempt, all_with(attempt, "c"), locale="es") is True
    assert saved(attempt) == [["c"], ["c"]]
    assert set(attempt.responses.values_list("locale", flat=True)) == {"es"}


def test_saving_the_same_again_writes_nothing(ready):
    attempt = start(ready)
    save(attempt, all_with(attempt, "c"))
    before = list(Response.objects.values())
    assert save(attempt, all_with(attempt, "c"), locale="es") is True
    assert list(Response.objects.values()) == before


def test_saving_a_part_leaves_the_rest(ready):
    attempt = start(ready)
    first, second = attempt.responses.all()
    save(attempt, {1: [place_of(first, "a")]})
    save(attempt, {2: [place_of(second, "b")]})
    assert saved(attempt) == [["a"], ["b"]]


def test_choices_are_kept_once_and_in_the_order_shown(ready):
    attempt = start(ready)
    save(attempt, {1: [3, 1, 3]})
    order = attempt.responses.first().order
    assert saved(attempt)[0] == [order[0], order[2]]


@pytest.mark.parametrize("chosen", [{3: [1]}, {0: [1]}, {1: [4]}, {1: [0]}, {1: [-1]}, {1: [1], 9: [1]}])
def test_place_that_does_not_exist_is_refused_and_nothing_is_saved(chosen, ready):
    attempt = start(ready)
    with pytest.raises(UnknownChoice):
        save(attempt, chosen)
    assert saved(attempt) == [[], []]


def test_one_answer_is_saved_as_it_is_chosen(ready):
    attempt = start(ready)
    common = {"attempt": attempt.pk, "locale": "en", "by": ready.user}
    assert save_answer(place=1, chosen=[1], **common) is True
    assert save_answer(place=1, chosen=[2], **common) is True
    assert saved(attempt) == [[attempt.responses.first().order[1]], []]


def test_answer_to_a_strangers_attempt_is_refused(ready):
    attempt = start(ready)
    with pytest.raises(Attempt.DoesNotExist):
        save_answer(attempt=attempt.pk, place=1, chosen=[1], locale="en", by=factories.user("stranger@example.org"))
    assert saved(attempt) == [[], []]


def test_handing_in_with_gaps_names_them_and_keeps_what_was_saved(ready):
    attempt = start(ready)
    save(attempt, {2: [1]})
    with pytest.raises(Unanswered) as refused:
        hand_in(attempt)
    assert refused.value.places == [1]
    attempt.refresh_from_db()
    assert (attempt.submitted_at, len(saved(attempt)[1])) == (None, 1)


def test_handing_in_scores_the_attempt(ready):
    attempt = start(ready)
    first, second = attempt.responses.all()
    save(attempt, {1: [place_of(first, "b")], 2: [place_of(second, "a")]})
    result = hand_in(attempt)
    assert (result.right, result.score, result.passed) == (1, 50, False)
    assert result.submitted_at is not None
    assert "final-test" not in Enrolment.objects.get().facts.finished


def test_handing_in_twice_gives_the_same_result(ready):
    attempt = start(ready)
    save(attempt, all_with(attempt, "b"))
    first, second = hand_in(attempt), hand_in(attempt)
    assert (first.submitted_at, first.score) == (second.submitted_at, second.score)


def test_attempt_handed_in_ignores_what_comes_later(ready):
    attempt = start(ready)
    save(attempt, all_with(attempt, "a"))
    hand_in(attempt)
    assert save(attempt, all_with(attempt, "b")) is False
    assert save_answer(attempt=attempt.pk, place=1, chosen=[1], locale="en", by=ready.user) is False
    assert saved(attempt) == [["a"], ["a"]]


def test_passing_finishes_the_final_test_and_further_starts_return_the_pass(ready):
    passed = factories.hand_in(ready)
    row = Enrolment.objects.get()
    assert [step.key for step in row.progress.missing] == ["survey"]
    assert start(row) == passed


def test_first_test_is_done_once_handed_in_whatever_the_result(row):
    attempt = factories.hand_in(row, "first-test", right=False)
    assert (attempt.score, attempt.passed, attempt.attempts_allowed) == (0, True, 1)
    row = Enrolment.objects.get()
    assert row.facts.finished == {"first-test"}
    assert start(row, "first-test") == attempt


def test_attempts_run_out(db):
    row = limited(2)
    numbers = [factories.hand_in(row, right=False).number for _attempt in range(2)]
    with pytest.raises(NoAttemptsLeft):
        start(row)
    assert (numbers, Attempt.objects.filter(stage="post").count()) == ([1, 2], 2)


def test_last_attempt_can_still_pass(db):
    row = limited(2)
    factories.hand_in(row, right=False)
    assert factories.hand_in(row).passed


def test_a3_attempts_in_english_count_in_spanish(db):
    """Protects: attempts hang on the enrolment, not on a language; their number goes on and never begins anew."""
    row = limited(2)
    factories.hand_in(row, right=False)
    assert start(row, locale="es").number == 2
    factories.hand_in(row, right=False)
    with pytest.raises(NoAttemptsLeft):
        start(row, locale="es")


def test_setting_changed_during_an_attempt_leaves_the_attempt_as_it_began(ready):
    attempt = start(ready)
    questions = list(attempt.responses.values_list("question", flat=True))
    change_setting(enrolment=ready, setting="school", locale="en", by=ready.user)
    save(attempt, all_with(attempt, "b"))
    result = hand_in(attempt)
    assert (result.setting, result.passed, [r.question for r in result.responses.all()]) == ("clinic", True, questions)
    row = Enrolment.objects.get()
    assert [step.key for step in row.progress.missing] == ["school-lesson", "school-case", "survey"]
    assert (row.completed_at, Completion.objects.count()) == (None, 0)


def next_edition(row: Enrolment, **fields):
    release = factories.release(factories.document(**fields), number=2)
    return move_to_release(enrolment=row, release=release, locale="es", by=row.user)


def test_test_under_way_goes_on_in_a_new_edition_that_asks_the_same(ready):
    attempt = start(ready)
    save(attempt, all_with(attempt, "b"))
    next_edition(ready, pass_mark=100)
    attempt.refresh_from_db()
    assert (attempt.release.number, attempt.pass_mark, saved(attempt)) == (2, 80, [["b"], ["b"]])
    assert hand_in(attempt).passed


def test_test_under_way_begins_anew_in_an_edition_that_asks_something_else(ready):
    first = start(ready)
    save(first, all_with(first, "b"))
    questions = [factories.question(f"{form.lower()}{n}", form) for form in "AB" for n in (1, 3)]
    row = next_edition(ready, questions=tuple(questions))
    second = start(row, locale="es")
    assert (second.number, second.release.number, saved(second)) == (1, 2, [[], []])
    assert Attempt.objects.filter(stage="post").count() == 1


def test_result_stays_with_the_edition_it_was_taken_in(ready):
    before = factories.hand_in(ready, right=False)
    right = [replace(factories.question(f"{f.lower()}{n}", f), options=(factories.option("a", correct=True),
             factories.option("b"), factories.option("c"))) for f in "AB" for n in (1, 2)]  # fmt: skip
    next_edition(ready, questions=tuple(right))
    after = Attempt.objects.get(stage="post")
    assert (after.release, after.score, after.passed) == (before.release, 0, False)


def test_completion_carries_the_score_and_what_held_at_that_moment(ready):
    factories.hand_in(ready)
    change_setting(enrolment=ready, setting="school", locale="es", by=ready.user)
    row = change_setting(enrolment=ready, setting="clinic", locale="es", by=ready.user)
    row = factories.finish(row, "survey")
    completion = Completion.objects.get()
    assert (completion.score, completion.setting, completion.release, completion.at) == (
        100, "clinic", row.release, row.completed_at,
    )  # fmt: skip


@pytest.mark.parametrize("fields", [{"score": 101}, {"score": None}, {"passed": None}, {"submitted_at": None}])
def test_half_a_result_is_refused_by_the_database(fields, ready):
    attempt = factories.hand_in(ready)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.filter(pk=attempt.pk).update(**fields)
