import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.building import build
from courses.choices import LOCALES
from courses.models import Block, Module, Question, Step
from courses.readiness import Draft
from courses.services.releases import publish
from courses.services.reviewing import set_sign_offs, sign_off
from courses.services.translations import set_source
from tests.courses.factories import reword
from tests.factories import user

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return user("author@example.org")


@pytest.fixture
def module(draft) -> Module:
    return draft()


def issues(module: Module, *locales: str) -> list[tuple[str, str]]:
    found = Draft(Module.objects.get(pk=module.pk)).issues(locales or LOCALES)
    return [(issue.code.removeprefix("courses."), issue.where) for issue in found]


@pytest.mark.parametrize("locales", [LOCALES, ("en",), ("es",)], ids=["both", "English", "Spanish"])
def test_document_of_some_languages_is_the_one_that_is_built_for_them(locales, module):
    assert Draft(module).document(locales) == build(module, locales)


def test_complete_draft_is_ready_in_both_languages(module):
    assert [issues(module, *locales) for locales in (LOCALES, ("en",), ("es",))] == [[], [], []]


def test_new_english_makes_the_spanish_too_old_to_publish_and_the_english_not(module, by):
    reword(Step.objects.get(key="shared"), by, title_en="another title")
    stale = [("E020", "shared · title · es")]
    assert (issues(module), issues(module, "en"), issues(module, "es")) == (stale, [], stale)


def test_new_spanish_where_spanish_is_the_source_makes_the_english_too_old(module, by):
    step = Step.objects.get(key="shared")
    set_source(row=step, locale="es", module=module, by=by)
    reword(step, by, title_es="otro título")
    assert (issues(module, "en"), issues(module, "es")) == ([("E020", "shared · title · en")], [])


def test_translating_again_makes_it_ready_again(module, by):
    reword(Step.objects.get(key="shared"), by, title_en="another title")
    reword(Step.objects.get(key="shared"), by, title_es="otro título")
    assert issues(module) == []


def test_text_that_both_may_do_without_is_owed_in_the_one_that_lacks_it(module):
    Block.objects.filter(step__key="shared", key="intro").update(heading_es="")
    lacking = [("E001", "shared/intro · heading · es")]
    assert (issues(module), issues(module, "en"), issues(module, "es")) == (lacking, [], lacking)


def test_numbers_that_differ_keep_the_translation_back_and_not_its_source(module):
    Question.objects.filter(key="a1").update(stem_en="after 3 days", stem_es="tras 4 días")
    uneven = [("E019", "a1 · stem")]
    assert (issues(module), issues(module, "en"), issues(module, "es")) == (uneven, [], uneven)


def test_sign_off_that_is_asked_for_is_an_issue_until_it_is_given(module, by):
    set_sign_offs(module=module, kinds=["accessibility", "spanish-editor"], by=by)
    module.refresh_from_db()
    before = [issues(module), issues(module, "en")]
    sign_off(module=module, kind="accessibility", approved=True, note="", digest=Draft(module).digest, by=by)
    both = [("E022", "spanish-editor"), ("E022", "accessibility")]
    assert before == [both, both[1:]]
    assert [issues(module), issues(module, "en")] == [both[:1], []]


def test_sign_off_of_an_earlier_draft_is_not_enough(module, by):
    set_sign_offs(module=module, kinds=["accessibility"], by=by)
    sign_off(module=module, kind="accessibility", approved=True, note="", digest=Draft(module).digest, by=by)
    reword(Step.objects.get(key="shared"), by, minutes=9)
    assert issues(module) == [("E022", "accessibility")]


def test_language_whose_words_did_not_change_stays_at_its_edition(module, by):
    publish(module=module, by=by)
    reword(Step.objects.get(key="shared"), by, title_en="another title")
    draft = Draft(module)
    assert {locale: draft.unchanged(locale) for locale in LOCALES} == {"en": False, "es": True}


def queries(module: Module) -> int:
    def read() -> None:
        draft = Draft(Module.objects.get(pk=module.pk))
        for locales in (LOCALES, ("en",), ("es",)):
            draft.issues(locales)
        assert draft.state

    with CaptureQueriesContext(connection) as captured:
        read()
    return len(captured)


def test_reading_a_draft_costs_the_same_for_few_blocks_and_many(module, by):
    publish(module=module, by=by)
    queries(module)  # the release is decoded once per process
    few = queries(module)
    step = Step.objects.get(key="shared")
    Block.objects.bulk_create(
        Block(step=step, key=f"more-{place}", kind="text", position=place, body_en="words", body_es="palabras")
        for place in range(30)
    )
    assert queries(module) == few
