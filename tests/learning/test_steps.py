import pytest

from learning.errors import NotFinishable, NotOpenYet, UnknownChoice
from learning.models import Completion, Enrolment, Visit
from learning.services.steps import finish_lesson, open_step, see_block
from tests import factories

pytestmark = pytest.mark.django_db


def open_(row: Enrolment, key: str, locale: str = "en") -> None:
    open_step(enrolment=row, step=row.content.step(key), locale=locale, by=row.user)


def finish_(row: Enrolment, key: str) -> Enrolment:
    return finish_lesson(enrolment=row, step=row.content.step(key), locale="es", by=row.user)


def see(row: Enrolment, key: str, block: str) -> None:
    see_block(enrolment=row, step=row.content.step(key), block=block, by=row.user)


def visits() -> list[tuple]:
    return list(Visit.objects.values_list("step", "locale", "setting", "finished_at", "last_block"))


def test_opening_a_step_is_written_once_with_language_and_setting(row):
    open_(row, "shared", "es")
    open_(row, "shared", "en")
    open_(Enrolment.objects.get(), "shared", "en")
    assert visits() == [("shared", "es", "clinic", None, "")]
    assert Enrolment.objects.get().summary == {"opened": ["shared"], "finished": []}


def test_opening_again_costs_no_query(row, django_assert_num_queries):
    open_(row, "shared")
    row = Enrolment.objects.select_related("release", "user").get()
    with django_assert_num_queries(0):
        open_(row, "shared")


def test_locked_step_is_not_opened_and_says_what_it_waits_for(row):
    with pytest.raises(NotOpenYet) as refused:
        open_(row, "survey")
    assert [step.key for step in refused.value.waits_for] == ["final-test"]
    assert visits() == []


def test_finishing_a_lesson_is_written_once(row):
    finish_(row, "shared")
    first = Visit.objects.get()
    finish_(row, "shared")
    assert Visit.objects.get().finished_at == first.finished_at
    assert (first.step, first.locale, first.at <= first.finished_at) == ("shared", "es", True)
    assert Enrolment.objects.get().summary == {"opened": ["shared"], "finished": ["shared"]}


@pytest.mark.parametrize("key", ["first-test", "clinic-case", "final-test", "survey"])
def test_step_that_finishes_by_itself_cannot_be_finished_as_a_lesson(key, row):
    with pytest.raises(NotFinishable):
        finish_(row, key)
    assert visits() == []


def test_lesson_of_another_setting_counts_for_nothing_but_is_kept(row):
    finished = finish_(row, "school-lesson")
    assert (finished.progress.percent, sorted(finished.facts.finished)) == (0, ["school-lesson"])


def test_last_block_seen_is_remembered_and_nothing_else(row):
    open_(row, "shared")
    before = Enrolment.objects.values().get()
    see(row, "shared", "check")
    see(row, "shared", "sort")
    assert visits() == [("shared", "en", "clinic", None, "sort")]
    assert Enrolment.objects.values().get() == before


@pytest.mark.parametrize("key, block", [("shared", "none"), ("shared", ""), ("clinic-case", "arrival")])
def test_block_that_does_not_exist_is_refused(key, block, row):
    open_(row, key)
    with pytest.raises(UnknownChoice):
        see(row, key, block)
    assert Visit.objects.get().last_block == ""


def test_block_of_a_step_never_opened_is_not_remembered(row):
    see(row, "shared", "check")
    assert visits() == []


def test_last_needed_step_records_the_completion_with_what_held_then(row):
    done = factories.finish_all(row)
    completion = Completion.objects.get()
    assert {
        "enrolment": completion.enrolment,
        "release": completion.release,
        "setting": completion.setting,
        "locale": completion.locale,
        "score": completion.score,
        "at": completion.at,
    } == {
        "enrolment": done,
        "release": done.release,
        "setting": "clinic",
        "locale": "en",
        "score": 100,
        "at": done.completed_at,
    }


def test_reading_on_after_completion_changes_no_completion(row):
    done = factories.finish_all(row)
    before = Completion.objects.values().get()
    finish_(done, "school-lesson")
    assert Completion.objects.values().get() == before
    assert Enrolment.objects.get().completed_at == done.completed_at
