import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from courses.columns import stamp
from courses.document import decode, digest
from courses.errors import StaleDraft
from courses.models import Module, Release, ReleaseEvent, Step
from courses.models.releases import ReleaseIsFrozen
from courses.parts import PARTS
from courses.queries import current_release, latest_releases
from courses.readiness import Draft
from courses.services.editing import edit
from courses.services.releases import NotPublishable, open_again, publish, recall, withdraw
from tests.factories import release as make_release
from tests.factories import user

pytestmark = pytest.mark.django_db


def events() -> list[tuple]:
    return list(ReleaseEvent.objects.values_list("release__number", "locale", "kind", "reason"))


def test_publishing_freezes_the_draft_and_opens_it_in_both_languages(draft):
    author = user("author@example.org")
    release = publish(module=draft(), by=author, note="first edition")
    assert (release.number, release.locales, release.created_by) == (1, ["en", "es"], author)
    assert release.digest == digest(release.document.encode())
    assert decode(release.document) == release.content
    assert events() == [(1, "en", "opened", "first edition"), (1, "es", "opened", "first edition")]


def test_unchanged_draft_is_the_release_it_made_before(draft):
    module = draft()
    first = publish(module=module, by=None)
    assert publish(module=module, by=None) == first
    assert (Release.objects.count(), len(events())) == (1, 2)


def test_changed_draft_is_the_next_release_and_the_former_stays(draft):
    module = draft()
    first = publish(module=module, by=None)
    Step.objects.filter(key="shared").update(title_es="otro")
    second = publish(module=module, by=None)
    assert (first.number, second.number) == (1, 2)
    assert Release.objects.get(number=1).content.step("shared").title["es"] == "lesson shared (español)"
    assert second.content.step("shared").title["es"] == "otro"


def test_incomplete_draft_is_refused_with_every_issue_and_nothing_is_written(draft):
    module = draft()
    Step.objects.filter(key="shared").update(title_es="")
    Module.objects.update(statement_en="")
    with pytest.raises(NotPublishable) as refused:
        publish(module=module, by=None)
    assert [(issue.code, issue.where) for issue in refused.value.issues] == [
        ("courses.E001", "statement · en"),
        ("courses.E001", "shared · title · es"),
    ]
    assert (Release.objects.count(), events()) == (0, [])


def test_one_language_can_be_published_while_the_other_is_unfinished(draft):
    module = draft()
    Step.objects.filter(key="shared").update(title_es="")
    release = publish(module=module, by=None, locales=("en",))
    assert (release.locales, release.content.locales) == (["en"], ("en",))
    assert events() == [(1, "en", "opened", "")]
    assert "español" not in release.document


def test_publishing_leaves_the_draft_as_it_was(draft):
    module = draft()
    before = Module.objects.values().get()
    publish(module=module, by=None)
    assert Module.objects.values().get() == before


@pytest.mark.parametrize(
    "change",
    [
        lambda release: release.save(),
        lambda release: release.delete(),
        lambda release: Release.objects.update(number=9),
        lambda release: Release.objects.filter(pk=release.pk).delete(),
        lambda release: Release.objects.bulk_update([release], ["document"]),
    ],
    ids=["save", "delete", "update", "delete-many", "bulk-update"],
)
def test_release_refuses_every_change(change):
    release = make_release()
    before = Release.objects.values().get()
    release.document = "{}"
    with pytest.raises(ReleaseIsFrozen), transaction.atomic():
        change(release)
    assert Release.objects.values().get() == before


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the trigger is PostgreSQL's")
@pytest.mark.parametrize("sql", ["UPDATE courses_release SET number = 9", "DELETE FROM courses_release"])
def test_database_refuses_to_change_a_release_too(sql):
    make_release()
    ReleaseEvent.objects.all().delete()
    with pytest.raises(IntegrityError, match="a release never changes"), transaction.atomic():
        connection.cursor().execute(sql)
    assert Release.objects.get().number == 1


def test_withdrawal_is_an_event_with_a_reason(draft):
    by = user("author@example.org")
    release = publish(module=draft(), by=by)
    event = withdraw(release=release, locale="es", reason="a wrong number", by=by)
    assert (event.kind, event.reason, event.by) == ("withdrawn", "a wrong number", by)
    assert events()[2:] == [(1, "es", "withdrawn", "a wrong number")]


def test_withdrawal_without_a_reason_is_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        withdraw(release=make_release(), locale="es", reason="", by=user())


@pytest.mark.django_db(transaction=True)
def test_two_people_who_publish_at_once_make_one_release(draft):
    module = draft()
    start = threading.Barrier(4)

    def press(_place: int) -> int:
        try:
            start.wait()
            return publish(module=module, by=None).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        made = set(pool.map(press, range(4)))
    assert made == set(Release.objects.values_list("pk", flat=True))
    assert len(made) == 1


def test_command_publishes_and_says_so(draft, capsys):
    draft()
    call_command("publish", "basics")
    assert capsys.readouterr().out == "basics: release 1 (en, es)\n"


def test_command_lists_every_issue(draft):
    draft()
    Step.objects.filter(key="shared").update(title_es="")
    with pytest.raises(CommandError) as refused:
        call_command("publish")
    assert str(refused.value).splitlines() == [
        "basics cannot be published:",
        "courses.E001 shared · title · es: A text is missing in a language."
        " Write it, or remove it from the other language.",
    ]


def test_command_knows_no_other_module(draft):
    draft()
    with pytest.raises(CommandError, match="no module is called other"):
        call_command("publish", "other")
    assert Release.objects.count() == 0


def edit_title(module, by, **values):
    step, part = Step.objects.get(key="shared"), PARTS["step"]
    edit(part=part, row=step.pk, module=module, values=values, base=stamp(step, part), by=by)


def test_spanish_may_stay_at_its_edition_while_english_goes_on(draft):
    by, module = user("author@example.org"), draft()
    publish(module=module, by=by)
    edit_title(module, by, title_en="another title")
    with pytest.raises(NotPublishable, match=r"courses\.E020 shared · title · es"):
        publish(module=module, by=by)
    second = publish(module=module, by=by, locales=("en",))
    assert (second.number, second.locales) == (2, ["en"])
    assert {locale: release.number for locale, release in latest_releases(module).items()} == {"en": 2, "es": 1}
    assert [current_release("basics", locale).number for locale in ("en", "es")] == [2, 1]


def test_publishing_one_language_again_without_a_change_makes_no_release(draft):
    by, module = user("author@example.org"), draft()
    first = publish(module=module, by=by)
    edit_title(module, by, title_en="another title")
    second = publish(module=module, by=by, locales=("en",))
    assert (publish(module=module, by=by, locales=("es",)), publish(module=module, by=by, locales=("en",))) == (
        first,
        second,
    )
    assert Release.objects.count() == 2


def test_publishing_what_somebody_no_longer_sees_is_refused(draft):
    by, module = user("author@example.org"), draft()
    seen = Draft(module).digest
    edit_title(module, by, title_en="another title", title_es="otro título")
    with pytest.raises(StaleDraft):
        publish(module=module, by=by, seen=seen)
    assert Release.objects.count() == 0


def test_unchanged_draft_of_a_withdrawn_edition_does_not_open_it_again(draft):
    by, module = user("author@example.org"), draft()
    first = publish(module=module, by=by)
    withdraw(release=first, locale="es", reason="a wrong number", by=by)
    assert publish(module=module, by=by) == first
    assert current_release("basics", "es") is None
    open_again(release=first, locale="es", reason="", by=by)
    assert current_release("basics", "es") == first


def test_recall_closes_an_edition_as_a_withdrawal_does_and_is_said_once(draft):
    by, module = user("author@example.org"), draft()
    first = publish(module=module, by=by)
    recalled = recall(release=first, locale="es", reason="harmful", by=by)
    assert recall(release=first, locale="es", reason="harmful again", by=by) == recalled
    assert current_release("basics", "es") is None
    assert events()[2:] == [(1, "es", "recalled", "harmful")]


def test_language_that_an_edition_does_not_have_cannot_be_opened(draft):
    by = user("author@example.org")
    release = publish(module=draft(), by=by, locales=("en",))
    with pytest.raises(KeyError):
        open_again(release=release, locale="es", reason="", by=by)
    assert events() == [(1, "en", "opened", "")]


def test_command_lists_what_is_too_old(draft):
    module = draft()
    edit_title(module, user("author@example.org"), title_en="another title")
    with pytest.raises(CommandError) as refused:
        call_command("publish")
    assert str(refused.value).splitlines()[1:] == [
        "courses.E020 shared · title · es: A translation is older than its source. Compare it with the new words."
    ]
