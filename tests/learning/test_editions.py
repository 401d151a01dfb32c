"""Learners and the editions of a module: they stay, may move with a receipt, and must when an edition is recalled."""

from pathlib import Path

import pytest
from django.test import Client

from accounts.models import Profile
from certificates.models import Certificate
from courses.columns import stamp
from courses.models import Module, Release, Step
from courses.parts import part_of
from courses.services.editing import edit
from courses.services.releases import open_again, publish, recall, withdraw
from courses.services.structure import archive
from learning.errors import AlreadyComplete
from learning.models import Completion, EditionMove, Enrolment, SettingChoice
from learning.services.enrolments import enrol, move_to_release
from tests import factories
from tests.courses.factories import draft

pytestmark = pytest.mark.django_db
PATH, EDITION = "/en/learn/basics/", "/en/learn/basics/edition/"
SHARED = "/en/learn/basics/steps/shared/"


@pytest.fixture
def author(db):
    return factories.user("author@example.org")


@pytest.fixture
def module(db, settings, tmp_path: Path, author) -> Module:
    """Published as edition 1."""
    settings.MEDIA_ROOT = tmp_path / "media"
    module = draft(tmp_path / "content")
    publish(module=module, by=author)
    return module


@pytest.fixture
def row(module) -> Enrolment:
    nurse = factories.user()
    return enrol(user=nurse, module_key="basics", setting="clinic", locale="en", by=nurse)


@pytest.fixture
def browser(row, client) -> Client:
    client.force_login(row.user)
    return client


def change(row, module: Module, by, **values) -> None:
    part = part_of(row)
    edit(part=part, row=row.pk, module=module, values=values, base=stamp(row, part), by=by)


def next_edition(module: Module, by, minutes: int = 9, **options) -> Release:
    change(Step.objects.get(key="shared"), module, by, minutes=minutes)
    return publish(module=module, by=by, **options)


def without_the_clinic_lesson(module: Module, by) -> Release:
    step = Step.objects.get(key="clinic-lesson")
    archive(part=part_of(step), row=step.pk, module=module, by=by)
    return publish(module=module, by=by)


def now(row: Enrolment) -> Enrolment:
    return Enrolment.objects.get(pk=row.pk)


def test_learner_in_the_middle_of_release_1_is_certified_on_it_after_releases_2_and_3(module, row, browser, author):
    for key in ("first-test", "shared"):
        factories.finish(now(row), key)
    second = next_edition(module, author)
    third = without_the_clinic_lesson(module, author)
    assert [release.number for release in (second, third)] == [2, 3]
    assert browser.get("/en/learn/basics/steps/clinic-lesson/").status_code == 200
    done = factories.finish_all(now(row))
    Profile.objects.filter(user=row.user).update(printed_name="Ana Díaz")
    browser.post("/en/certificates/basics/name/", {"printed_name": "Ana Díaz", "confirmed": "on"})
    assert (done.release.number, done.completed_at is not None) == (1, True)
    assert list(Completion.objects.values_list("release__number", flat=True)) == [1]
    assert [certificate.completion.release.number for certificate in Certificate.objects.all()] == [1]
    assert EditionMove.objects.count() == 0


def test_newer_edition_is_offered_on_the_path_and_in_my_training_only(module, row, browser, author):
    def offers() -> list[bool]:
        pages = [PATH, "/en/training/", SHARED]
        return [f'href="{EDITION}"' in browser.get(url).content.decode() for url in pages]

    before = offers()
    newer = next_edition(module, author)
    with_newer = offers()
    withdraw(release=newer, locale="en", reason="a wrong number", by=author)
    assert (before, with_newer, offers()) == ([False] * 3, [True, True, False], [False] * 3)


def test_newer_edition_in_the_other_language_only_is_not_offered(module, row, browser, author):
    next_edition(module, author, locales=("es",))
    assert EDITION not in browser.get(PATH).content.decode()


def test_receipt_of_a_newer_edition_changes_nothing_and_its_confirmation_moves(module, row, browser, author):
    factories.finish(row, "clinic-lesson")
    without_the_clinic_lesson(module, author)
    receipt = browser.get(EDITION).content.decode()
    assert ("There is a newer edition" in receipt, "No longer needed: 1 step" in receipt) == (True, True)
    assert "done, stays in your record" in receipt
    assert now(row).release.number == 1
    assert browser.post(EDITION)["Location"] == PATH
    assert (now(row).release.number, now(row).facts.finished) == (2, {"clinic-lesson"})
    moves = EditionMove.objects.values_list("before__number", "release__number", "setting", "locale")
    assert list(moves) == [(1, 2, "clinic", "en")]


def test_moving_twice_is_one_move(module, row, author):
    newer = next_edition(module, author)
    for _time in range(2):
        move_to_release(enrolment=row, release=newer, locale="en", by=row.user)
    assert EditionMove.objects.count() == 1


def test_nobody_moves_where_there_is_no_newer_edition(row, browser):
    assert browser.get(EDITION)["Location"] == PATH
    assert browser.post(EDITION)["Location"] == PATH
    assert (now(row).release.number, EditionMove.objects.count()) == (1, 0)


def test_recalled_edition_leads_from_every_step_to_the_receipt_until_one_has_moved(module, row, browser, author):
    next_edition(module, author)
    recall(release=row.release, locale="en", reason="harmful", by=author)
    pages = [PATH, SHARED, f"{PATH}continue/", f"{PATH}setting/", f"{PATH}steps/first-test/"]
    assert [browser.get(url)["Location"] for url in pages] == [EDITION] * 5
    assert browser.post(SHARED)["Location"] == EDITION
    receipt = browser.get(EDITION).content.decode()
    assert ("Your edition has been corrected" in receipt, "Stay in my edition" in receipt) == (True, False)
    browser.post(EDITION)
    assert (now(row).release.number, browser.get(SHARED).status_code) == (2, 200)


def test_recall_in_one_language_leaves_the_other_alone(module, row, browser, author):
    next_edition(module, author)
    recall(release=row.release, locale="es", reason="harmful", by=author)
    assert browser.get(SHARED).status_code == 200
    assert browser.get("/es/learn/basics/steps/shared/")["Location"] == "/es/learn/basics/edition/"


def test_recalled_edition_without_another_one_says_calmly_that_it_is_being_corrected(row, browser, author):
    recall(release=row.release, locale="en", reason="harmful", by=author)
    page = browser.get(EDITION)
    assert (page.status_code, "Your edition is being corrected" in page.content.decode()) == (200, True)
    assert "please tell whoever asked you to take this training" in page.content.decode()
    browser.post(EDITION)
    assert now(row).release.number == 1
    open_again(release=row.release, locale="en", reason="", by=author)
    assert browser.get(SHARED).status_code == 200


def test_withdrawn_edition_is_finished_by_those_in_the_middle(row, browser, author):
    withdraw(release=row.release, locale="en", reason="a wrong number", by=author)
    assert browser.get(SHARED).status_code == 200


def test_completed_enrolment_stays_as_it_is_when_its_edition_is_recalled(module, row, browser, author):
    factories.finish_all(row)
    newer = next_edition(module, author)
    recall(release=row.release, locale="en", reason="harmful", by=author)
    assert (browser.get(PATH).status_code, EDITION in browser.get(PATH).content.decode()) == (200, False)
    assert browser.post(EDITION)["Location"] == PATH
    with pytest.raises(AlreadyComplete):
        move_to_release(enrolment=now(row), release=newer, locale="en", by=row.user)
    assert now(row).release.number == 1


def test_edition_without_ones_setting_asks_for_another_and_moves_with_it(module, row, browser, author):
    change(module, module, author, settings=["school"])
    for key in ("clinic-lesson", "clinic-case"):
        step = Step.objects.get(key=key)
        archive(part=part_of(step), row=step.pk, module=module, by=author)
    publish(module=module, by=author)
    recall(release=row.release, locale="en", reason="harmful", by=author)
    page = browser.get(EDITION).content.decode()
    assert ('value="school"' in page, 'value="clinic"' in page) == (True, False)
    assert browser.post(EDITION).status_code == 200
    assert now(row).release.number == 1
    assert "Your path would be the one for: school" in browser.get(f"{EDITION}?setting=school").content.decode()
    browser.post(EDITION, {"setting": "school"})
    assert (now(row).release.number, now(row).setting) == (2, "school")
    assert list(SettingChoice.objects.values_list("before", "setting")) == [("", "clinic"), ("clinic", "school")]
