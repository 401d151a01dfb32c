from itertools import count

import pytest
from django.db import IntegrityError, transaction
from msgspec.structs import replace

from courses.services.releases import withdraw
from learning.errors import AlreadyComplete, NotOpenForEnrolment, UnknownSetting
from learning.models import Completion, Enrolment, FormBalance, SettingChoice, Visit
from learning.services.enrolments import change_setting, move_to_release
from tests import factories

pytestmark = pytest.mark.django_db


def choices(row: Enrolment) -> list[tuple]:
    return list(row.setting_choices.values_list("before", "setting", "locale", "release__number"))


def change(row: Enrolment, setting: str, locale: str = "en") -> Enrolment:
    return change_setting(enrolment=row, setting=setting, locale=locale, by=row.user)


def missing(row: Enrolment) -> list[str]:
    return [step.key for step in row.progress.missing]


def test_enrolling_pins_edition_setting_and_language_and_records_the_choice():
    row = factories.enrolment("school", "es")
    assert (row.release.number, row.setting, row.locale, row.completed_at) == (1, "school", "es", None)
    assert choices(row) == [("", "school", "es", 1)]


def test_enrolling_twice_returns_the_enrolment_that_is_there():
    nurse = factories.user()
    first = factories.enrolment("clinic", "en", by=nurse)
    assert factories.enrolment("school", "es", by=nurse) == first
    assert (Enrolment.objects.get().setting, SettingChoice.objects.count()) == ("clinic", 1)
    assert FormBalance.objects.get().begun == 1


def test_second_open_enrolment_is_refused_by_the_database(row):
    twin = Enrolment(user=row.user, module=row.module, release=row.release, setting="clinic", locale="en", pre_form="A")
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_enrolling_after_completion_returns_the_completed_enrolment(row):
    done = factories.finish_all(row)
    assert factories.enrolment("school", by=row.user) == done


@pytest.mark.parametrize("setting", ["street", "", "clinic "])
def test_unknown_setting_is_refused_and_nothing_is_written(setting):
    nurse = factories.user()
    with pytest.raises(UnknownSetting):
        factories.enrolment(setting, by=nurse)
    assert (Enrolment.objects.count(), FormBalance.objects.count()) == (0, 0)


def test_withdrawn_module_takes_no_new_learners_but_keeps_those_it_has(row):
    withdraw(release=row.release, locale="en", reason="wrong", by=row.user)
    with pytest.raises(NotOpenForEnrolment):
        factories.enrolment(by=factories.user("late@example.org"))
    assert factories.enrolment(by=row.user) == row
    assert factories.finish_all(row).completed_at
    assert factories.enrolment("clinic", "es", by=factories.user("spanish@example.org")).locale == "es"


def test_enrolment_begins_the_newest_edition_of_its_language():
    factories.release()
    factories.release(factories.document(locales=("en",)), number=2)
    rows = {
        locale: factories.enrolment("clinic", locale, by=factories.user(f"{locale}@example.org"))
        for locale in ("en", "es")
    }
    assert {locale: row.release.number for locale, row in rows.items()} == {"en": 2, "es": 1}


def test_forms_are_balanced_within_one_in_every_setting_and_language():
    factories.release()
    emails = (f"nurse{number}@example.org" for number in count())
    cells = [(setting, locale) for setting in ("clinic", "school") for locale in ("en", "es")]
    for place, (setting, locale) in enumerate(cells, start=4):
        for _learner in range(place):
            factories.enrolment(setting, locale, by=factories.user(next(emails)))
    forms = {
        cell: [Enrolment.objects.filter(setting=cell[0], locale=cell[1], pre_form=form).count() for form in ("A", "B")]
        for cell in cells
    }
    assert forms == dict(zip(cells, ([2, 2], [3, 2], [3, 3], [4, 3]), strict=True))


def test_change_of_setting_is_appended_and_work_is_kept(finish):
    row = finish("first-test", "shared", "clinic-lesson")
    row = change(row, "school", "es")
    assert choices(row) == [("", "clinic", "en", 1), ("clinic", "school", "es", 1)]
    assert missing(row) == ["school-lesson", "school-case", "final-test", "survey"]
    assert sorted(row.facts.finished) == ["clinic-lesson", "first-test", "shared"]


def test_b1_a_shared_lesson_finished_in_one_setting_is_finished_in_another(finish):
    """Protects: finishing hangs on the step's key, not on the setting it was finished under."""
    row = change(finish("shared"), "school")
    assert [step.key for step in row.progress.done] == ["shared"]
    assert row.progress.percent == 100 // len(row.progress.path)


def test_b3_going_back_restores_the_former_path_entirely(finish):
    """Protects: work on another setting's steps is never lost; the former setting finds all of its own again."""
    row = finish("first-test", "shared", "clinic-lesson")
    before = row.progress
    row = change(change(row, "school"), "clinic")
    assert row.progress == before
    assert [setting for _before, setting, *_ in choices(row)] == ["clinic", "school", "clinic"]


def test_choosing_the_present_setting_again_writes_nothing(row):
    assert change(row, "clinic") == row
    assert choices(row) == [("", "clinic", "en", 1)]


def test_choice_that_changes_nothing_is_refused_by_the_database(row):
    with pytest.raises(IntegrityError), transaction.atomic():
        SettingChoice.objects.create(enrolment=row, release=row.release, before="clinic", setting="clinic", locale="en")


def test_change_to_an_unknown_setting_is_refused(row):
    with pytest.raises(UnknownSetting):
        change(row, "street")
    assert choices(row) == [("", "clinic", "en", 1)]


def test_completed_enrolment_no_longer_changes(row):
    done = factories.finish_all(row)
    with pytest.raises(AlreadyComplete):
        change(done, "school")
    with pytest.raises(AlreadyComplete):
        move_to_release(enrolment=done, release=done.release, locale="en", by=done.user)
    assert Enrolment.objects.get().setting == "clinic"


def test_change_to_a_path_that_is_all_done_completes_it(finish):
    """Optional reading counts once it belongs to the path."""
    row = finish("first-test", "shared", "school-lesson", "clinic-lesson", "clinic-case", "final-test")
    row = finish("school-case")
    assert (missing(row), missing(change(row, "school"))) == (["survey"], ["survey"])
    row = change(finish("clinic-case"), "clinic")
    done = finish("survey")
    assert done.completed_at == Completion.objects.get().at


def test_setting_chosen_with_everything_done_completes_at_once(ready, finish):
    """The survey was answered for one setting, the last lesson is dropped with the change."""
    row = finish("school-lesson", "school-case", "final-test")
    Visit.objects.filter(enrolment=row, step="clinic-lesson").update(finished_at=None)
    Enrolment.objects.update(summary={**row.summary, "finished": sorted(row.facts.finished - {"clinic-lesson"})})
    row = finish("survey")
    assert (row.completed_at, missing(row)) == (None, ["clinic-lesson"])
    row = change(row, "school")
    assert row.completed_at == Completion.objects.get().at
    assert Completion.objects.get().setting == "school"
    assert Enrolment.objects.get().completed_at == row.completed_at


@pytest.fixture
def next_edition(row):
    """Edition 2: one more shared lesson, and the former one reworded."""
    old = factories.document()
    steps = [replace(step, title=factories.words("reworded")) if step.key == "shared" else step for step in old.steps]
    return factories.release(factories.document(steps=(*steps[:2], factories.lesson("new"), *steps[2:])), number=2)


def test_moving_to_another_edition_keeps_work_and_adds_what_is_new(finish, next_edition):
    row = finish("first-test", "shared")
    row = move_to_release(enrolment=row, release=next_edition, locale="es", by=row.user)
    assert missing(row) == ["new", "clinic-lesson", "clinic-case", "final-test", "survey"]
    assert Enrolment.objects.get().release == next_edition
    assert set(Visit.objects.values_list("release__number", flat=True)) == {1}


def test_moving_to_an_edition_without_the_setting_is_refused(row):
    content = factories.document(settings=(factories.setting("school"),))
    with pytest.raises(UnknownSetting):
        move_to_release(enrolment=row, release=factories.release(content, number=2), locale="en", by=row.user)
    assert Enrolment.objects.get().release.number == 1


def test_moving_to_an_edition_of_another_module_is_refused(row):
    foreign = factories.release(factories.document(key="advanced"))
    with pytest.raises(NotOpenForEnrolment):
        move_to_release(enrolment=row, release=foreign, locale="en", by=row.user)
    assert Enrolment.objects.get().release == row.release
