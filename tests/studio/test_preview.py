"""A preview shows what a learner would see, and leaves no trace of it."""

from collections.abc import Callable
from itertools import product

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils.html import escape

from courses.building import build
from courses.choices import LOCALES
from courses.models import Block, Module
from courses.parts import part_named
from courses.services.releases import publish
from courses.services.structure import archive
from learning.presenting import lessons
from tests import factories
from tests.learning.reading import Page

pytestmark = pytest.mark.django_db
HERE = "/en/studio/modules/basics/preview/"
PROGRESS = ("none", "half", "before-test", "all")
PAGES = ("", "module/", "setting/", "path/", "certificate/")


@pytest.fixture
def released(module: Module) -> Module:
    publish(module=module, by=None)
    return module


@pytest.fixture
def show(author: Client) -> Callable:
    """Asks for a page of the preview; `send` is posted."""

    def show(page: str = "", send: dict | None = None, **choices: str):
        address = f"{HERE}{page}" if not page.startswith("/") else page
        query = "&".join(f"{name}={value}" for name, value in choices.items())
        address = f"{address}?{query}" if query else address
        return author.get(address) if send is None else author.post(address, send)

    return show


def rows() -> dict[str, int]:
    """How many rows each table has that a learner, a certificate or a waiting job could be in."""
    watched = [model for app in ("learning", "certificates", "jobs") for model in apps.get_app_config(app).get_models()]
    return {model._meta.label: model.objects.count() for model in watched}


def sends(step: str) -> list[dict]:
    """Everything a learner could send from a step."""
    if "case" in step:
        return [{}, {"skip": "1"}, {"run": "1", "node": "arrival", "choice": "1"}]
    if step == "survey":
        return [{"ready": "4", "applies": "all"}]
    if "test" in step:
        return [{}]
    check = {"block": "check", "check.choice": "1", "check.number": "1"}
    return [{}, check, {"block": "sort", "sort.item-1": "1", "sort.item-2": "2", "sort.number": "1"}]


@pytest.mark.slow
def test_b7_previewing_as_any_setting_and_language_writes_no_rows_to_learner_tables(released, author):
    """B7: previewing as any setting and language writes no rows to learner tables, nor to the session of who looks."""
    steps = [step.key for step in build(released, LOCALES).steps]
    before, told = rows(), dict(author.session)
    seen = set()
    for source, setting, language, progress in product(("draft", "1"), ("clinic", "school"), LOCALES, PROGRESS):
        query = f"?source={source}&setting={setting}&language={language}&progress={progress}"
        for page in (*PAGES, *(f"steps/{step}/" for step in steps)):
            seen.add(author.get(f"{HERE}{page}{query}").status_code)
        if progress != "before-test":
            continue
        for step in steps:
            for sent in sends(step):
                seen.add(author.post(f"{HERE}steps/{step}/{query}", sent).status_code)
        for test in ("first-test", "final-test"):
            seen.add(author.get(f"{HERE}steps/{test}/questions/{query}").status_code)
            seen.add(author.post(f"{HERE}steps/{test}/questions/{query}", {"q1": "1", "q2": "1"}).status_code)
            seen.add(author.get(f"{HERE}steps/{test}/result/{query}").status_code)
    assert seen == {200, 302, 422}
    assert rows() == before
    assert dict(author.session) == told
    assert Session.objects.count() == 1


def test_previewed_lesson_is_the_learners_page_under_a_bar(released, show, client):
    """Word for word, but for the addresses of its links and the bar."""

    row = factories.enrolment(content=released.releases.get().content)
    client.force_login(row.user)
    own = client.get("/en/learn/basics/steps/shared/").content.decode()
    previewed = show("steps/shared/", source="1", setting="clinic", language="en").content.decode()
    article = slice(own.index("<h1>"), own.index('<section class="lesson__rail"'))
    start = previewed.index("<h1>")
    shown = previewed[start : previewed.index('<section class="lesson__rail"')]
    assert without_tokens(shown) == without_tokens(own[article])
    assert 'class="preview-bar"' in previewed
    assert 'class="preview-bar"' not in own


def without_tokens(text: str) -> list[str]:
    return [line for line in text.splitlines() if "csrfmiddlewaretoken" not in line]


def test_previewed_page_is_in_the_language_of_the_learner_and_its_links_in_that_of_the_reader(module, show):
    page = Page(show("steps/shared/", language="es", setting="clinic"))
    assert page.lang == "es"
    assert "lesson shared (español)" in page.text
    assert "lesson shared (English)" not in page.text
    assert 'lang="en" aria-label="Preview"' in page.text
    steps = {link.partition("?")[0] for link in page.links if "/steps/" in link}
    own = ("first-test", "shared", "clinic-lesson", "clinic-case", "final-test", "survey")
    assert steps == {f"{HERE}steps/{key}/" for key in own} | {f"{HERE}steps/shared/"}


def test_language_switch_of_a_preview_keeps_the_step_and_what_was_chosen(module, show):
    answer = show("steps/shared/", {"switch": "es", "check.choice": "2"}, language="en", setting="school")
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{HERE}steps/shared/?")
    page = Page(show(answer["Location"]))
    assert page.lang == "es"
    assert page.chosen == [("check.choice", "2")]


def test_setting_decides_which_steps_are_on_the_path(module, show):
    def steps(setting: str) -> list[str]:
        links = Page(show("path/", setting=setting, progress="all")).links
        return [link.split("/steps/")[1].partition("/")[0] for link in links if "/steps/" in link]

    assert steps("clinic") == ["first-test", "shared", "clinic-lesson", "clinic-case", "final-test", "survey"]
    assert steps("school") == ["first-test", "shared", "school-case", "final-test", "survey"]


@pytest.mark.parametrize(
    "progress, done", [("none", 0), ("half", 3), ("before-test", 4), ("all", 6), ("1", 1), ("5", 5), ("9999", 6)]
)
def test_progress_decides_what_is_done(progress, done, module, show):
    text = show("path/", setting="clinic", progress=progress).content.decode()
    assert f"{done} of 6 steps done." in text


def test_final_test_is_not_open_until_all_before_it_is_done(module, show):
    assert "This step opens when these are done:" in show("steps/final-test/", progress="half").content.decode()
    assert "This step opens" not in show("steps/final-test/", progress="before-test").content.decode()


def test_finishing_leads_from_step_to_step_to_the_certificate(module, show):
    """Walked in memory: each address says how much is done."""
    visited, url = [], f"{HERE}steps/first-test/?setting=clinic&language=en"
    while "/certificate/" not in url and len(visited) < 20:
        step = url.split("/steps/")[1].partition("/")[0]
        visited.append(step)
        if "test" in step:
            url = show(url, {})["Location"]
            result = show(url, right_answers(module, "A" if step == "first-test" else "B"))["Location"]
            url = next(link for link in Page(show(result)).links if f"/steps/{step}/" not in link and "/steps/" in link)
        else:
            url = show(url, {"skip": "1"} if "case" in step else {})["Location"]
    assert visited == ["first-test", "shared", "clinic-lesson", "clinic-case", "final-test", "survey"]
    assert "A preview issues none." in show(url).content.decode()


def right_answers(module: Module, form: str) -> dict[str, str]:
    asked = build(module, LOCALES).questions_for(form, "clinic")
    return {
        f"q{place}": str(1 + [o.correct for o in lessons.shown_order(q.key, q.options)].index(True))
        for place, q in enumerate(asked, start=1)
    }


def test_check_is_answered_from_memory(module, show):
    place = {False: [], True: []}
    check = next(block for block in build(module, LOCALES).step("shared").blocks if block.key == "check")
    for number, option in enumerate(lessons.shown_order("check", check.options), start=1):
        place[option.correct].append(str(number))
    sent = {"block": "check", "check.number": "1", "check.choice": place[True][0]}
    page = show("steps/shared/", sent, language="en").content.decode()
    assert ("feedback b (English)" in page, "feedback a (English)" in page) == (True, False)
    assert 'name="check.number" value="2"' in page


def test_exercise_without_an_answer_is_refused_and_keeps_what_was_chosen(module, show):
    answer = show("steps/shared/", {"block": "sort", "check.choice": "2", "sort.item-1": "1"}, language="en")
    assert answer.status_code == 422
    page = Page(answer)
    assert "Choose a place for each item first." in page.text
    assert page.chosen == [("check.choice", "2"), ("sort.item-1", "1")]


def test_answers_given_before_stay_answered(module, show):
    sent = {"block": "check", "check.number": "1", "check.choice": "1", "sort.number": "2"}
    sent |= {"sort.item-1": "1", "sort.item-2": "1"}
    page = show("steps/shared/", sent, language="en").content.decode()
    assert page.count('class="option__feedback"') == 3


def test_case_is_walked_in_the_address(module, show):
    start = show("steps/clinic-case/", setting="clinic", language="en")
    assert "arrival (English)" in start.content.decode()
    answer = show("steps/clinic-case/", {"run": "1", "node": "arrival", "choice": "1"}, setting="clinic", language="en")
    assert "walk=ask" in answer["Location"]
    end = show(answer["Location"]).content.decode()
    assert "How it ends: a strong finish" in end
    assert escape("progress=4&") in end  # its links know that the case is done


def test_choosing_nothing_in_a_case_is_told(module, show):
    answer = show("steps/clinic-case/", {"run": "1", "node": "arrival"}, setting="clinic")
    assert answer.status_code == 422
    assert "Choose what you would do first." in answer.content.decode()


@pytest.mark.parametrize("form, stem", [("A", "question a1 (English)"), ("B", "question b1 (English)")])
def test_first_test_asks_the_chosen_form(form, stem, module, show):
    text = show("steps/first-test/questions/", form=form, language="en").content.decode()
    assert [stem for stem in ("question a1 (English)", "question b1 (English)") if stem in text] == [stem]
    assert "data-answer-url" not in text


def test_final_test_asks_the_other_form_and_explains_its_result(module, show):
    text = show("steps/final-test/result/", form="A", language="en", progress="before-test").content.decode()
    assert "100%: you passed" in text
    assert "question b1 (English)" in text
    assert "explanation (English)" in text


def test_test_with_gaps_is_not_handed_in(module, show):
    answer = show("steps/first-test/questions/", {"q1": "1"}, language="en")
    assert answer.status_code == 422
    assert Page(answer).chosen == [("q1", "1")]


def test_setting_page_leads_to_the_path_of_the_setting_chosen(module, show):
    answer = show("setting/", {"setting": "school"}, setting="clinic")
    assert answer["Location"].startswith(f"{HERE}path/?")
    assert "setting=school" in answer["Location"]
    assert show("setting/", {"setting": "moon"}, setting="clinic").status_code == 422


def test_draft_shows_what_is_written_now_and_a_release_what_was_released(released, show):
    assert "A new heading" not in show("steps/shared/", source="draft").content.decode()
    Block.objects.filter(step__key="shared", key="intro").update(heading_en="A new heading")
    assert "A new heading" in show("steps/shared/", source="draft").content.decode()
    assert "A new heading" not in show("steps/shared/", source="1").content.decode()


def test_blocks_of_a_draft_are_not_kept_once_drawn(module, show):
    show("steps/shared/", source="draft")
    assert [key for key in lessons._drawn if not key[0]] == []


def test_archived_lesson_is_no_longer_in_the_draft(released, show, author):
    archive(part=part_named("step"), row=released.steps.get(key="shared").pk, module=released, by=author.user)
    assert show("steps/shared/", source="draft").status_code == 404
    assert show("steps/shared/", source="1").status_code == 200
