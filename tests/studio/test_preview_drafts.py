"""A draft with nearly nothing in it can be previewed, and says loudly what is missing."""

from datetime import date

import pytest
from django.test import Client

from courses.building import build
from courses.choices import LOCALES
from courses.models import Block, CaseChoice, CaseNode, Module, Objective, Question, Section, Setting, Step
from studio.presenting.completing import complete

pytestmark = pytest.mark.django_db
HERE = "/en/studio/modules/bare/preview/"
MISSING = "⚠ This text is missing"


@pytest.fixture
def bare(db) -> Module:
    """A module as it is made: no words, no settings, no steps."""
    day = date(2026, 1, 1)
    return Module.objects.create(key="bare", pass_mark=80, released_on=day, review_on=day, terminates_on=day)


@pytest.fixture
def scaffolded(bare) -> Module:
    """One step of each kind, and in each whatever may be left unfinished."""
    section = Section.objects.create(module=bare, key="learn")

    def step(key: str, kind: str, **fields) -> Step:
        return Step.objects.create(module=bare, section=section, key=key, kind=kind, minutes=1, **fields)

    step("first-test", "test", stage="pre")
    step("empty-lesson", "lesson")
    lesson = step("lesson", "lesson")
    for place, kind in enumerate(("text", "scene", "note", "figure", "pause", "check", "sort", "download")):
        Block.objects.create(step=lesson, key=kind, kind=kind, position=place)
    exercise = Block.objects.create(step=lesson, key="bare-check", kind="check", position=9)
    Question.objects.create(module=bare, block=exercise, key="bare-check")
    step("empty-case", "case")
    case = step("case", "case", start="gone")
    here = CaseNode.objects.create(step=case, key="here")
    away = CaseNode.objects.create(step=case, key="away", archived=True)
    CaseChoice.objects.create(node=here, to=away, key="go")
    step("final-test", "test", stage="post")
    gone = Objective.objects.create(module=bare, key="gone", archived=True)
    Question.objects.create(module=bare, objective=gone, key="a1", form="A")
    step("survey", "survey")
    return bare


def statuses(author: Client, module: Module) -> dict[str, int]:
    steps = [step.key for step in build(module, LOCALES).steps]
    tests = [f"steps/{key}/{page}/" for key in ("first-test", "final-test") for page in ("questions", "result")]
    pages = ("", "module/", "setting/", "path/", "certificate/", *(f"steps/{key}/" for key in steps))
    pages += tuple(tests) if steps else ()
    return {
        f"{page} {query}": author.get(f"{HERE}{page}?{query}").status_code
        for page in pages
        for query in ("language=en", "language=es&progress=all", "device=phone&form=B")
    }


@pytest.mark.parametrize("name", ["bare", "scaffolded"])
def test_every_page_of_an_unfinished_draft_can_be_shown(name, request, author):
    module = request.getfixturevalue(name)
    found = statuses(author, module)
    assert {page: status for page, status in found.items() if status != 200} == {}
    assert len(found) == 3 * (5 if name == "bare" else 16)


def test_what_is_missing_is_said_instead_of_left_empty(scaffolded, author):
    text = author.get(f"{HERE}steps/lesson/?language=en").content.decode()
    assert f"<h1>{MISSING}</h1>" in text
    assert text.count(f'<mark class="missing">{MISSING}</mark>') == 7  # four texts, a picture, a file, the summary
    assert "Texts are missing in this language." in text


def test_missing_text_is_named_in_the_language_of_the_learner(scaffolded, author):
    text = author.get(f"{HERE}steps/lesson/?language=es").content.decode()
    assert '<mark class="missing">' in text
    assert 'lang="en" aria-label="Preview"' in text


@pytest.mark.parametrize(
    "step, note",
    [
        ("empty-lesson", "This lesson has no blocks yet."),
        ("empty-case", "This case has no scenes yet."),
        ("first-test", "The question bank lacks questions of a form for this setting."),
        ("lesson", "An exercise of this lesson has no answers yet."),
    ],
)
def test_note_says_what_a_step_has_nothing_of(step, note, scaffolded, author):
    text = author.get(f"{HERE}steps/{step}/").content.decode()
    assert [n for n in (note, "This module has no professional setting yet.") if n in text] == [
        note,
        "This module has no professional setting yet.",
    ]


def test_choice_into_an_archived_scene_leads_to_what_is_missing(scaffolded, author):
    answer = author.post(f"{HERE}steps/case/", {"choice": "1"})
    assert answer.status_code == 302  # the first scene is gone too: there is nothing to choose yet
    Step.objects.filter(key="case").update(start="here")
    answer = author.post(f"{HERE}steps/case/", {"choice": "1"})
    assert "walk=go" in answer["Location"]
    assert MISSING in author.get(answer["Location"].partition("#")[0]).content.decode()


def test_text_in_only_one_language_is_missing_in_the_other(module):
    Block.objects.filter(step__key="shared", key="intro").update(heading_es="", body_es="")
    spanish, lacks = complete(build(module, LOCALES), "es", "falta")
    intro = spanish.step("shared").blocks[0]
    assert (lacks, intro.heading["es"], intro.html["es"]) == (True, "falta", '<mark class="missing">falta</mark>')
    english, lacks = complete(build(module, LOCALES), "en", "missing")
    assert (lacks, english) == (False, build(module, LOCALES))


def test_text_that_neither_language_has_to_have_is_not_missing(module):
    Block.objects.filter(step__key="shared", key="intro").update(heading_en="", heading_es="")
    whole, lacks = complete(build(module, LOCALES), "es", "falta")
    assert (lacks, whole.step("shared").blocks[0].heading) == (False, {})


def test_setting_that_a_step_names_but_the_module_lost_is_named_by_its_key(module, author):
    module.settings.remove(Setting.objects.get(key="school"))
    page = author.get("/en/studio/modules/basics/preview/steps/school-case/")
    assert page.status_code == 200
    assert "4 minutes · school" in page.content.decode()
