import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses import document as doc
from courses.building import build
from courses.models import Block, Step
from courses.publishing import publish_issues
from tests.courses import factories
from tests.factories import DATES, words

pytestmark = pytest.mark.django_db


def paragraph(text: str) -> doc.Words:
    return {locale: f"<p>{said}</p>" for locale, said in words(text).items()}


def option(key: str, correct: bool) -> doc.Option:
    return doc.Option(key=key, text=words(f"option {key}"), correct=correct, feedback=words(f"feedback {key}"))


def test_document_says_what_the_package_says(draft):
    content = build(draft(), ("en", "es"))
    assert {
        name: getattr(content, name) for name in ("key", "locales", "title", "description", "settings", "sources")
    } == {
        "key": "basics",
        "locales": ("en", "es"),
        "title": words("title"),
        "description": paragraph("description"),
        "settings": tuple(
            doc.Setting(key=key, icon="people", name=words(key), places=words(f"places {key}"))
            for key in ("clinic", "school")
        ),
        "sources": (doc.Source(key="law", citation=words("the law"), checked_on=DATES["released_on"]),),
    }
    assert [step.key for step in content.steps] == factories.STEPS
    assert [question.key for question in content.questions] == ["a1", "a2", "b1", "b2"]


def test_lesson_holds_every_kind_of_block(draft):
    text, scene, note, figure, pause, check, sort = build(draft(), ("en", "es")).step("shared").blocks
    assert text == doc.Text(key="intro", heading=words("heading"), html=paragraph("body"), sources=("law",))
    assert scene == doc.Scene(key="scene", html=paragraph("scene"))
    assert note == doc.Note(key="note", html=paragraph("note"))
    assert (figure.width, figure.height, figure.alt, set(figure.image)) == (40, 30, words("alt"), {"en", "es"})
    assert pause == doc.Pause(key="pause", html=paragraph("pause"))
    assert check == doc.Check(key="check", stem=words("check"), options=(option("a", False), option("b", True)))
    assert sort == doc.Sort(
        key="sort",
        stem=words("sort"),
        categories=tuple(doc.Category(key=key, text=words(key)) for key in ("one", "two")),
        items=tuple(
            doc.SortItem(key=key, text=words(key), category=category, feedback=words("feedback"))
            for key, category in (("first", "one"), ("second", "two"))
        ),
    )


def test_case_test_and_survey_are_built_whole(draft):
    content = build(draft(), ("en", "es"))
    choice = doc.CaseChoice(key="ask", to="end", text=words("ask"), feedback=words("feedback"))
    common = {"section": "learn", "minutes": 4, "title": words("case clinic-case"), "summary": paragraph("summary")}
    assert content.step("clinic-case") == doc.Case(
        key="clinic-case",
        settings=("clinic",),
        sources=("law",),
        start="arrival",
        nodes=(
            doc.CaseNode(key="arrival", html=paragraph("arrival"), choices=(choice,)),
            doc.CaseNode(key="end", html=paragraph("end"), ending="strong"),
        ),
        **common,
    )
    assert content.step("final-test") == doc.Test(
        key="final-test", section="learn", title=words("final-test"), minutes=5, stage="post", intro=paragraph("intro")
    )
    assert [(item.key, item.kind, len(item.options)) for item in content.step("survey").items] == [
        ("ready", "scale", 0),
        ("applies", "choice", 2),
    ]


def test_document_of_one_language_holds_no_word_of_the_other(draft):
    data = doc.encode(build(draft(), ("es",))).decode()
    assert "(español)" in data
    assert "(English)" not in data


def test_missing_text_is_missing_and_not_taken_from_the_other_language(draft):
    module = draft()
    Step.objects.filter(key="shared").update(title_es="")
    assert build(module, ("en", "es")).step("shared").title == {"en": "lesson shared (English)"}


def test_same_draft_gives_the_same_bytes(draft):
    module = draft()
    assert doc.encode(build(module, ("en", "es"))) == doc.encode(build(module, ("en", "es")))


def test_encoded_document_is_decoded_to_the_same(draft):
    content = build(draft(), ("en", "es"))
    assert doc.decode(doc.encode(content)) == content


def test_number_of_queries_does_not_depend_on_the_number_of_steps(draft):
    def cost(lessons: int) -> int:
        files = factories.content()
        for place in range(lessons):
            files[f"basics/lessons/l{place}.yaml"] = factories.lesson(f"l{place}", [])
            files["basics/bank/b.yaml"]["questions"].append(factories.question(f"q{place}", "B"))
        files["basics/module.yaml"]["sections"][0]["steps"] += [f"l{place}" for place in range(lessons)]
        module = draft(files)
        with CaptureQueriesContext(connection) as queries:
            build(module, ("en", "es"))
        return len(queries)

    assert cost(0) == cost(8)


def test_exercise_nobody_wrote_is_an_issue_and_not_an_accident(draft):
    module = draft()
    Block.objects.create(step=module.steps.get(key="shared"), key="empty", kind="check", position=9)
    issues = publish_issues(build(module, ("en", "es")), DATES["released_on"])
    assert [(issue.code, issue.where) for issue in issues] == [
        ("courses.E001", "shared/empty · stem · en"),
        ("courses.E001", "shared/empty · stem · es"),
        ("courses.E008", "shared/empty"),
        ("courses.E009", "shared/empty"),
    ]


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_text("<svg")])
def test_picture_lost_or_damaged_is_an_issue_and_not_an_accident(damage, draft, media):
    module = draft()
    for path in (media / "figures").iterdir():
        damage(path)
    issues = publish_issues(build(module, ("en", "es")), DATES["released_on"])
    assert [(issue.code, issue.where) for issue in issues] == [
        ("courses.E014", "shared/figure"),
        ("courses.E014", "clinic-lesson/figure"),
    ]
