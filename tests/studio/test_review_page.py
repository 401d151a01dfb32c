import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import Block, Module, Release, ReviewRequest, SignOff, Step
from courses.readiness import Draft
from courses.services.releases import publish, withdraw
from courses.services.reviewing import set_sign_offs
from tests.courses.factories import reword
from tests.factories import user

pytestmark = pytest.mark.django_db
URL = "/en/studio/modules/basics/review/"


@pytest.fixture
def by(db):
    return user("writer@example.org")


def text_of(response) -> str:
    """The words of the page's own part, on one line."""
    html = response.content.decode().split('class="studio-body"')[1].split("</main>")[0]
    return re.sub(r"\s+([,.:)])", r"\1", " ".join(re.sub(r"<[^>]+>", " ", html).split()))


def publishing(module: Module, *locales: str, **fields) -> dict:
    latest = max((release.number for release in Release.objects.all()), default=0)
    digest = Draft(Module.objects.get(pk=module.pk)).digest
    return {
        "publish-locales": list(locales),
        "publish-note": "",
        "publish-digest": digest,
        "publish-latest": latest,
        **{f"publish-{name}": value for name, value in fields.items()},
    }


def editions() -> list[tuple]:
    return list(Release.objects.order_by("number").values_list("number", "locales", "created_by__email"))


def test_page_of_a_complete_draft_says_that_nothing_is_in_the_way(module, publisher):
    text = text_of(publisher.get(URL))
    assert "Nothing stands in the way of publishing" in text
    assert text.count("Never published is ready") == 2


def test_page_names_and_links_each_reason_in_words(module, publisher, by):
    reword(Step.objects.get(key="shared"), by, title_en="Another title")
    Block.objects.filter(step__key="clinic-lesson", key="intro").update(body_es="")
    Module.objects.update(sign_offs=["accessibility"])
    page = publisher.get(URL)
    listed = page.content.decode().split('id="issues-title"')[1].split("</section>")[0]
    links = re.findall(r'<li><a href="([^"]+)">(.*?)</a></li>', listed, re.DOTALL)
    shared, block = Step.objects.get(key="shared"), Block.objects.get(step__key="clinic-lesson", key="intro")
    assert [(url, re.sub(r"<[^>]+>", "", text).strip()) for url, text in links] == [
        (
            f"/en/studio/modules/basics/steps/clinic-lesson/#block-{block.pk}",
            "lesson clinic-lesson (English) › heading (English): Body (Spanish)",
        ),
        (f"/en/studio/modules/basics/steps/shared/#step-{shared.pk}", "Another title: Title (Spanish)"),
        ("#sign-offs", "Accessibility reviewer"),
    ]
    assert "3 reasons not to publish" in text_of(page)


def test_page_says_that_spanish_stays_at_its_edition_while_english_went_on(module, publisher, by):
    publish(module=module, by=by)
    reword(Step.objects.get(key="shared"), by, title_en="Another title")
    publish(module=module, by=by, locales=("en",))
    text = text_of(publisher.get(URL))
    assert "English Edition 2 Open says the same" in text
    assert "Spanish Edition 1 Open Edition 2, the newest, is not in this language. is not ready: 1 reason" in text


def test_page_shows_what_changed_since_the_last_edition(module, publisher, by):
    publish(module=module, by=by)
    reword(Step.objects.get(key="shared"), by, minutes=9, title_en="Another title", title_es="Otro título")
    text = text_of(publisher.get(URL))
    assert "Since edition 1" in text
    assert "New words Step: Another title · Title (English, Spanish)" in text
    assert "Changed Step: Another title · Minutes: 3 9" in text


def test_text_in_the_other_language_is_marked_with_it(module, publisher):
    Step.objects.filter(key="shared").update(title_en="")
    page = publisher.get(URL).content.decode()
    assert '<span lang="es">lesson shared (español)</span>' in page


def test_publishing_makes_the_edition_in_the_languages_that_were_ticked(module, publisher):
    response = publisher.post(f"{URL}publish/", publishing(module, "es", note="first"))
    assert response["Location"] == "/en/studio/modules/basics/releases/1/"
    assert editions() == [(1, ["es"], "publisher@example.org")]
    page = publisher.get(response["Location"]).content.decode()
    assert ("Edition 1 is published." in page, "first" in page) == (True, True)


def test_publishing_what_is_not_ready_is_refused_with_the_number_of_reasons(module, publisher, by):
    reword(Step.objects.get(key="shared"), by, title_en="Another title")
    response = publisher.post(f"{URL}publish/", publishing(module, "en", "es", note="kept"))
    page = response.content.decode()
    assert (response.status_code, editions()) == (422, [])
    assert "This cannot be published yet: 1 reason is listed on this page." in page
    assert "\nkept</textarea>" in page


@pytest.mark.parametrize(
    "fields, message",
    [
        ({"locales": []}, "Choose at least one language."),
        ({"locales": ["fr"]}, "fr"),
        ({"note": "x" * 501}, "This text has 501 characters; there is room for 500. Please shorten it."),
    ],
    ids=["no-language", "another-language", "long-note"],
)
def test_publishing_form_that_is_wrong_says_so(fields, message, module, publisher):
    response = publisher.post(f"{URL}publish/", publishing(module, "en", **fields))
    assert (response.status_code, editions()) == (422, [])
    assert message in response.content.decode()


def test_publishing_an_unchanged_draft_is_told_and_makes_nothing(module, publisher, by):
    release = publish(module=module, by=by)
    withdraw(release=release, locale="es", reason="a wrong number", by=by)
    response = publisher.post(f"{URL}publish/", publishing(module, "en", "es"), follow=True)
    assert "Nothing has changed since edition 1, so no new edition was made." in response.content.decode()
    assert (len(editions()), release.events.last().kind) == (1, "withdrawn")


def test_publishing_a_draft_that_changed_since_it_was_shown_is_refused_once(module, publisher, by):
    sent = publishing(module, "en", note="kept")
    reword(Step.objects.get(key="shared"), by, minutes=9)
    refused = publisher.post(f"{URL}publish/", sent)
    page = refused.content.decode()
    assert (refused.status_code, editions()) == (409, [])
    assert ("The draft was changed since you opened this page." in page, "\nkept</textarea>" in page) == (True, True)
    again = sent | {"publish-digest": re.search(r'name="publish-digest" value="(\w+)"', page)[1]}
    assert publisher.post(f"{URL}publish/", again).status_code == 302
    assert len(editions()) == 1


@pytest.mark.django_db(transaction=True)
def test_two_publishers_at_once_make_one_edition_and_both_are_told(module, as_role):
    clients = [as_role("publisher"), as_role("administrator")]
    sent, gate = publishing(module, "en", "es"), threading.Barrier(2)

    def press(client) -> str:
        try:
            gate.wait()
            return client.post(f"{URL}publish/", sent, follow=True).content.decode()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        pages = list(pool.map(press, clients))
    assert ["Edition 1 is published." in page for page in pages] == [True, True]
    assert len(editions()) == 1


def test_author_may_ask_for_review_and_neither_sign_nor_publish(module, author):
    page = author.get(URL).content.decode()
    assert ("review/ask/" in page, "review/sign/" in page, "review/publish/" in page) == (True, False, False)
    assert author.post(f"{URL}ask/", {"ask-note": "the new lesson"}).status_code == 302
    assert list(ReviewRequest.objects.values_list("note", "by__email")) == [("the new lesson", "author@example.org")]
    assert author.post(f"{URL}sign/", {}).status_code == 403
    assert author.post(f"{URL}publish/", {}).status_code == 403
    assert "In review" in text_of(author.get(URL))


def signing(module: Module, **fields) -> dict:
    given = {"kind": "accessibility", "verdict": "approve", "note": "", "digest": Draft(module).digest, **fields}
    return {f"sign-{name}": value for name, value in given.items()}


def test_reviewer_signs_the_draft_that_was_shown(module, as_role):
    reviewer = as_role("reviewer")
    assert reviewer.post(f"{URL}sign/", signing(module)).status_code == 302
    assert list(SignOff.objects.values_list("kind", "approved", "digest", "by__email")) == [
        ("accessibility", True, Draft(module).digest, "reviewer@example.org")
    ]
    assert "Approved Everybody who was asked approves it" in text_of(reviewer.get(URL))


def test_sign_off_of_an_earlier_draft_is_shown_as_such(module, as_role, by):
    set_sign_offs(module=module, kinds=["accessibility"], by=by)
    reviewer = as_role("reviewer")
    reviewer.post(f"{URL}sign/", signing(module))
    reword(Step.objects.get(key="shared"), by, minutes=9)
    assert "Accessibility reviewer Of an earlier draft" in text_of(reviewer.get(URL))


@pytest.mark.parametrize(
    "fields, status, message",
    [
        ({"verdict": "refuse"}, 422, "Say what has to change, so that the authors know."),
        ({"verdict": ""}, 422, "Say whether you approve it."),
        ({"kind": "director"}, 422, "director"),
        ({"note": "x" * 2001}, 422, "This text has 2001 characters"),
        ({"digest": "0" * 64, "note": "kept"}, 409, "The draft was changed since you opened this page."),
    ],
    ids=["refusal-without-note", "no-verdict", "unknown-kind", "long-note", "another-draft"],
)
def test_sign_off_that_is_wrong_says_so_and_writes_nothing(fields, status, message, module, as_role):
    response = as_role("reviewer").post(f"{URL}sign/", signing(module, **fields))
    assert (response.status_code, SignOff.objects.count()) == (status, 0)
    assert message in response.content.decode()


def test_publisher_says_whose_sign_off_is_needed(module, publisher):
    publisher.post(f"{URL}sign-offs/", {"asked-kinds": ["spanish-editor", "subject-expert"]})
    assert Module.objects.get().sign_offs == ["subject-expert", "spanish-editor"]
    assert publisher.post(f"{URL}sign-offs/", {"asked-kinds": ["director"]}).status_code == 422


def test_page_costs_the_same_for_few_blocks_and_editions_as_for_many(module, publisher, by):
    def cost() -> int:
        publisher.get(URL)
        with CaptureQueriesContext(connection) as captured:
            publisher.get(URL)
        return len(captured)

    publish(module=module, by=by)
    Block.objects.filter(step__key="shared", key="intro").update(heading_es="")
    few = cost()
    for minutes in (7, 8):
        reword(Step.objects.get(key="shared"), by, minutes=minutes)
        publish(module=module, by=by, locales=("en",))
    step = Step.objects.get(key="shared")
    Block.objects.bulk_create(
        Block(step=step, key=f"more-{place}", kind="text", position=place, body_en="words") for place in range(30)
    )
    assert cost() == few
