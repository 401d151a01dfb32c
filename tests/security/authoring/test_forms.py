"""Whatever is typed into a field, or forged into it: the page that answers shows it as words, refused or kept."""

import pytest
from django.test import Client

from courses.models import Block
from tests.security.authoring import learners, visits
from tests.security.authoring.forms import (
    TYPED,
    Sent,
    by_script,
    forged,
    forms_on,
    once,
    tried,
    with_sly_words,
    with_words,
)
from tests.security.authoring.half_done import half_do
from tests.security.authoring.page import dangers, page_of
from tests.security.authoring.visits import Numbers, Visit
from tests.security.authoring.words import hostile, mark_of
from tests.security.conftest import signed_in

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
MARK = mark_of(TYPED, "en")
# What is kept where this person does not see it: a comment without a name, an answer for the holder of a certificate, a
# reason for those who decide. A second request is refused unread, and an unknown code is not repeated.
SILENT = {
    *("learning:step", "studio:preview-step", "certificates:verify", "certificates:correction"),
    *("studio:decide-correction", "studio:correct-certificate"),
}
Amiss = list[tuple[tuple, object]]


def amiss(browser: Client, forms: list[Sent]) -> Amiss:
    """Every form with something to type into, refused and kept; and every form with what no page offers."""
    typed = [sent for sent in forms if sent.form.typed or sent.form.files]
    sent = [*map(with_words, typed), *map(with_sly_words, once(typed))]
    found = [(each.likeness, danger) for each in sent for danger in answered(browser, each)]
    return found + [(each.likeness, danger) for each in forms for danger in tried(browser, forged(each))[1]]


def answered(browser: Client, sent: Sent) -> list:
    """Names of files are shown nowhere; what is typed is, or its harmlessness says nothing."""
    marks, found = tried(browser, sent)
    shown = MARK in marks or not sent.form.typed or sent.name in SILENT
    return found + ([] if shown else ["what was typed is not shown"])


def test_no_form_of_the_studio_runs_what_is_sent(module, admin):
    half_do(module, admin)
    learner = learners.failed().user
    browser = signed_in(admin)
    code = learners.certified().code
    looked_after = visits.of_certificates(code, learners.reissued(module, admin))
    forms = list(forms_on(browser, [*visits.studio(Numbers.of(module, learner.pk)), *looked_after]))
    missing = {name for name in visits.POSTED if name.startswith("studio:")} - {sent.name for sent in forms}
    assert (sorted(missing), amiss(browser, forms)) == ([], [])


def test_no_form_of_a_preview_runs_what_is_sent(module, admin):
    browser = signed_in(admin)
    assert amiss(browser, list(forms_on(browser, visits.previews()))) == []


SURVEY, ATTEMPT = Visit("learning:step", ("basics", "survey")), Visit("learning:attempt", ("basics", "first-test", 1))
NAME = Visit("certificates:name", ("basics",))


def test_no_form_of_a_learner_runs_what_is_sent(module):
    holder = learners.certified()
    places = [
        (signed_in(learners.on_the_way().user), visits.learner()),
        (learners.at_an_attempt(), [ATTEMPT]),
        (learners.at_the_survey(), [SURVEY]),
        (learners.unnamed(), [NAME]),
        (holder.browser, holder.visits),
        (Client(), visits.public()),
    ]
    found = [(browser, list(forms_on(browser, pages))) for browser, pages in places]
    names = {sent.name for _browser, forms in found for sent in forms if sent.form.typed}
    asked = {f"certificates:{name}" for name in ("name", "verify")} | {"accounts:profile", "accounts:sign-in"}
    asked.add("learning:step")
    assert (asked - names, [each for browser, forms in found for each in amiss(browser, forms)]) == (set(), [])


def test_code_from_an_email_is_asked_for_without_running_what_is_sent(db):
    browser = Client()
    browser.post("/en/sign-in/", {"email": f"{MARK}@example.org"})
    assert amiss(browser, list(forms_on(browser, [Visit("accounts:code")]))) == []


@pytest.mark.parametrize("name, column", [("body", "body_en"), ("heading", "heading_en")])
def test_html_made_markdown_or_words_stays_words(name, column, module, admin):
    """A refused text offers to be freed of its HTML; what comes of that is shown, and then drawn by the editor."""
    block, browser = Block.objects.get(step__key="shared", key="intro"), signed_in(admin)
    address = f"/en/studio/modules/basics/parts/block/{block.pk}/"
    words = f"{MARK} <p>{hostile(TYPED, 'en')}</p><a href='javascript:alert(1)'>x</a>"
    response = browser.post(address, {f"block-{block.pk}-{column}": words, "convert": "1"})
    [form] = [form for form in page_of(response).forms if form.typed]
    freed = form.values()[f"block-{block.pk}-{column}"][0]
    drawn = browser.post("/en/studio/modules/basics/render/", {"text": freed})
    assert (dangers(response), MARK in freed, dangers(drawn)) == ([], True, [])


def test_part_saved_by_a_script_is_answered_as_data(module, admin):
    browser = signed_in(admin)
    forms = once(forms_on(browser, [Visit("studio:step", ("basics", "shared")), Visit("studio:settings")]))
    parts = [by_script(sent) for sent in forms if sent.name in ("studio:part", "studio:shared-part")]
    kinds = {(sent.send(browser)["Content-Type"], *tried(browser, sent)[1]) for sent in parts}
    assert (len(parts) > 5, kinds) == (True, {("application/json",)})
