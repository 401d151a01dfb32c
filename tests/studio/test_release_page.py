import pytest

from courses.models import ReleaseEvent, Step
from courses.queries import current_release
from courses.services.releases import publish
from tests.courses.factories import reword
from tests.factories import user
from tests.studio.test_review_page import text_of

pytestmark = pytest.mark.django_db
URL = "/en/studio/modules/basics/releases/1/"


@pytest.fixture
def release(module):
    return publish(module=module, by=user("writer@example.org"), note="first edition")


def events() -> list[tuple]:
    return list(ReleaseEvent.objects.values_list("locale", "kind", "reason", "by__email"))[2:]


def test_page_tells_what_happened_to_an_edition(release, publisher):
    text = text_of(publisher.get(URL))
    assert "This is the first edition." in text
    assert text.count("Open writer@example.org first edition") == 2


def test_language_is_withdrawn_with_a_reason_and_opened_again(release, publisher):
    publisher.post(f"{URL}es/withdrawn/", {"es-withdrawn-reason": "a wrong number"})
    withdrawn = current_release("basics", "es")
    publisher.post(f"{URL}es/opened/", {"es-opened-reason": ""})
    assert (withdrawn, current_release("basics", "es"), current_release("basics", "en")) == (None, release, release)
    assert events() == [
        ("es", "withdrawn", "a wrong number", "publisher@example.org"),
        ("es", "opened", "", "publisher@example.org"),
    ]


@pytest.mark.parametrize("kind", ["withdrawn", "recalled"])
def test_withdrawing_and_recalling_need_a_reason(kind, release, publisher):
    response = publisher.post(f"{URL}es/{kind}/", {f"es-{kind}-reason": "  "})
    assert (response.status_code, events()) == (422, [])
    assert "Write a reason: it is kept with the edition." in response.content.decode()


def test_recalled_edition_is_shown_as_such(release, publisher):
    publisher.post(f"{URL}es/recalled/", {"es-recalled-reason": "harmful"})
    assert events() == [("es", "recalled", "harmful", "publisher@example.org")]
    assert "Spanish Recalled" in text_of(publisher.get(URL))


@pytest.mark.parametrize("path", ["fr/withdrawn/", "es/deleted/"], ids=["another-language", "another-verb"])
def test_what_cannot_be_done_with_an_edition_is_not_found(path, release, publisher):
    assert (publisher.post(URL + path, {}).status_code, events()) == (404, [])


def test_edition_there_is_not_is_not_found(release, publisher):
    assert publisher.get("/en/studio/modules/basics/releases/2/").status_code == 404


def test_author_reads_an_edition_and_changes_nothing(release, author):
    assert "/withdrawn/" not in author.get(URL).content.decode()
    assert author.post(f"{URL}es/withdrawn/", {"es-withdrawn-reason": "no"}).status_code == 403


def test_edition_keeps_what_it_changed_when_the_draft_has_gone_on(release, module, publisher):
    for minutes in (7, 8):
        reword(Step.objects.get(key="shared"), publisher.user, minutes=minutes)
        publish(module=module, by=publisher.user)
    text = text_of(publisher.get("/en/studio/modules/basics/releases/2/"))
    assert "What changed since edition 1" in text
    assert "Changed Step: lesson shared (English) · Minutes: 3 7" in text
