import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import (
    Block,
    CaseChoice,
    CaseNode,
    Category,
    Change,
    Option,
    Question,
    Step,
    SurveyItem,
    SurveyOption,
)
from courses.parts import PARTS
from courses.services import structure

STEPS = "/en/studio/modules/basics/steps"
PARTS_URL = "/en/studio/modules/basics/parts"


def tree(item: dict) -> dict:
    """Part and key → what stands in it."""
    return {f"{child['part']} {child['row'].key}": tree(child) for child in item["children"]}


def test_a_lesson_is_shown_with_all_that_stands_in_it(module, author):
    page = author.get(f"{STEPS}/shared/")
    assert tree(page.context["item"]) == {
        "block intro": {},
        "block scene": {},
        "block note": {},
        "block figure": {},
        "block pause": {},
        "block check": {"question shared--check": {"option a": {}, "option b": {}}},
        "block sort": {
            "question shared--sort": {
                "category one": {},
                "category two": {},
                "option first": {},
                "option second": {},
            }
        },
    }


def test_a_case_and_a_survey_are_shown_with_all_that_stands_in_them(module, author):
    assert tree(author.get(f"{STEPS}/clinic-case/").context["item"]) == {
        "node arrival": {"choice ask": {}},
        "node end": {},
    }
    assert tree(author.get(f"{STEPS}/survey/").context["item"]) == {
        "survey-item ready": {},
        "survey-item applies": {"survey-option all": {}, "survey-option some": {}},
    }
    test = author.get(f"{STEPS}/final-test/")
    assert tree(test.context["item"]) == {}
    assert "/en/studio/modules/basics/questions/" in test.content.decode()


def test_a_form_holds_what_its_kind_has_use_for(module, author):
    children = author.get(f"{STEPS}/shared/").context["item"]["children"]
    fields = {child["row"].key: list(child["form"].fields) for child in children}
    both = ["heading_en", "heading_es", "body_en", "body_es"]
    assert fields == {
        "intro": ["base", *both, "kind", "sources"],
        "scene": ["base", "body_en", "body_es", "kind", "sources"],
        "note": ["base", *both, "kind", "sources"],
        "figure": ["base", "alt_en", "alt_es", "caption_en", "caption_es", "credit_en", "credit_es", "sources"],
        "pause": ["base", "body_en", "body_es", "kind", "sources"],
        "check": ["base", "sources"],
        "sort": ["base", "sources"],
    }


def test_a_text_that_the_kind_has_no_use_for_is_not_hidden(module, author):
    Block.objects.filter(step__key="shared", key="scene").update(heading_es="Un título")
    children = author.get(f"{STEPS}/shared/").context["item"]["children"]
    assert "heading_es" in children[1]["form"].fields


@pytest.mark.parametrize(
    "role, scope, editable", [("author", "", True), ("translator", "es", True), ("reviewer", "", False)]
)
def test_who_may_write_what(module, as_role, role, scope, editable):
    page = as_role(role, scope).get(f"{STEPS}/shared/")
    form = page.context["item"]["children"][0]["form"]
    assert form.editable is editable
    fields = {"author": 7, "translator": 3, "reviewer": 1}[role]
    assert len(form.fields) == fields
    html = page.content.decode()
    assert ("part-archive" in str(page.context["item"]["adds"]) or "/archive/" in html) is (role == "author")
    assert ("body (English)" in html, "body (español)" in html) == (True, True)


def test_a_step_of_another_module_or_an_archived_one_is_not_found(module, author):
    assert author.get(f"{STEPS}/nowhere/").status_code == 404
    Step.objects.filter(key="shared").update(archived=True)
    assert author.get(f"{STEPS}/shared/").status_code == 404


def grow(module, author, number: int) -> None:
    step = Step.objects.get(key="shared")
    for _number in range(number):
        block = structure.add(part=PARTS["block"], module=module, parent=step, by=author.user, kind="check")
        for _option in range(2):
            structure.add(part=PARTS["option"], module=module, parent=block.question, by=author.user)


def test_the_page_takes_as_many_queries_for_30_blocks_as_for_3(module, author):
    Block.objects.filter(step__key="shared").exclude(kind__in=["check", "sort", "text"]).delete()

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert author.get(f"{STEPS}/shared/").status_code == 200
        return len(captured)

    author.get(f"{STEPS}/shared/")
    few = queries()
    grow(module, author, 27)
    assert (queries(), Block.live.filter(step__key="shared").count()) == (few, 30)


def add(client, part: str, **data):
    return client.post(f"{PARTS_URL}/{part}/add/", data)


def test_a_block_is_added_where_it_was_asked_for(module, author):
    step = Step.objects.get(key="shared")
    response = add(author, "block", parent=step.pk, kind="note", to="2")
    block = Block.objects.get(step=step, key="note-2")
    assert response["Location"] == f"{STEPS}/shared/#block-{block.pk}"
    assert list(Block.live.filter(step=step).values_list("key", flat=True))[:3] == ["intro", "note-2", "scene"]


@pytest.mark.parametrize("kind", ["text", "scene", "note", "figure", "pause", "check", "sort", "download"])
def test_every_kind_of_block_can_be_added_and_edited(module, author, kind):
    step = Step.objects.get(key="shared")
    add(author, "block", parent=step.pk, kind=kind)
    block = Block.live.filter(step=step).last()
    assert (block.kind, hasattr(block, "question")) == (kind, kind in ("check", "sort"))
    assert author.get(f"{STEPS}/shared/").status_code == 200


def test_answers_categories_scenes_choices_and_survey_answers_can_be_added(module, author):
    question = Question.objects.get(block__step__key="shared", block__key="sort")
    node = CaseNode.objects.get(step__key="clinic-case", key="arrival")
    survey = Step.objects.get(key="survey")
    add(author, "option", parent=question.pk)
    add(author, "category", parent=question.pk)
    add(author, "node", parent=node.step_id)
    add(author, "choice", parent=node.pk, leads_to="end")
    add(author, "survey-item", parent=survey.pk, kind="choice")
    add(author, "survey-option", parent=SurveyItem.live.filter(step=survey).last().pk)
    assert Option.live.filter(question=question).last().key == "option"
    assert Category.live.filter(question=question).last().key == "category"
    assert CaseNode.live.filter(step=node.step_id).last().key == "node"
    assert CaseChoice.live.filter(node=node).last().to.key == "end"
    assert SurveyItem.live.filter(step=survey).last().kind == "choice"
    assert SurveyOption.objects.latest("pk").item.key == "choice"
    assert author.get(f"{STEPS}/clinic-case/").status_code == 200
    assert author.get(f"{STEPS}/survey/").status_code == 200


def test_what_does_not_fit_cannot_be_added(module, author):
    lesson, case = Step.objects.get(key="shared"), Step.objects.get(key="clinic-case")
    node = CaseNode.objects.get(step=case, key="arrival")
    before = Change.objects.count()
    refused = [
        add(author, "block", parent=case.pk, kind="text"),
        add(author, "block", parent=lesson.pk, kind="nonsense"),
        add(author, "block", parent="x", kind="text"),
        add(author, "node", parent=lesson.pk),
        add(author, "choice", parent=node.pk, leads_to="nowhere"),
        add(author, "section", parent=lesson.pk),
        add(author, "survey-option", parent=SurveyItem.objects.get(key="ready").pk),
    ]
    assert ([response.status_code for response in refused], Change.objects.count()) == ([404] * 7, before)


def block(key: str) -> Block:
    return Block.objects.get(step__key="shared", key=key)


def act(client, row, verb: str, part: str = "block", **data):
    return client.post(f"{PARTS_URL}/{part}/{row.pk}/{verb}/", data)


def test_a_block_is_moved_copied_archived_and_restored(module, author):
    note = block("note")
    assert act(author, note, "move", to="1")["Location"] == f"{STEPS}/shared/#block-{note.pk}"
    act(author, note, "duplicate")
    assert list(Block.live.filter(step__key="shared").values_list("key", flat=True))[:3] == ["note", "note-2", "intro"]
    step = Step.objects.get(key="shared")
    assert act(author, note, "archive")["Location"] == f"{STEPS}/shared/#step-{step.pk}"
    page = author.get(f"{STEPS}/shared/")
    assert [row["pk"] for row in page.context["item"]["archived"]] == [note.pk]
    act(author, note, "restore")
    assert Block.live.filter(step__key="shared").last().pk == note.pk


def test_a_scene_that_choices_lead_to_stays(module, author):
    end = CaseNode.objects.get(step__key="clinic-case", key="end")
    response = act(author, end, "archive", part="node")
    assert response["Location"] == f"{STEPS}/clinic-case/#node-{end.pk}"
    messages = [str(message) for message in author.get(response["Location"]).context["messages"]]
    assert messages == ["It is still in use: clinic-case › arrival › ask. Change that first."]
    end.refresh_from_db()
    assert not end.archived


@pytest.mark.parametrize("verb", ["move", "duplicate", "archive", "restore"])
def test_rows_of_other_modules_and_of_other_kinds_are_not_found(module, author, verb):
    other = type(module).objects.create(
        key="other", pass_mark=80, released_on="2026-01-01", review_on="2027-01-01", terminates_on="2028-01-01"
    )
    step = Step.objects.get(key="shared")
    statuses = [
        author.post(f"/en/studio/modules/{other.key}/parts/block/{block('note').pk}/{verb}/", {"to": "1"}).status_code,
        act(author, step, verb, part="step", to="1").status_code,
    ]
    assert statuses == [404, 404]


@pytest.mark.parametrize("role, scope", [("translator", "es"), ("reviewer", ""), ("publisher", ""), ("support", "")])
def test_only_authors_arrange(module, as_role, role, scope):
    client, note = as_role(role, scope), block("note")
    statuses = [act(client, note, verb, to="1").status_code for verb in ("move", "duplicate", "archive", "restore")]
    statuses.append(add(client, "block", parent=note.step_id, kind="text").status_code)
    assert statuses == [403] * 5


def draw(client, **data):
    return client.post("/en/studio/modules/basics/render/", {"kind": "text"} | data)


def test_a_text_is_drawn_as_learners_see_it(module, author):
    html = draw(author, text="**Look** <script>alert(1)</script> [x](javascript:alert(1))").content.decode()
    assert "<strong>Look</strong>" in html
    assert ("<script" in html, 'href="javascript' in html) == (False, False)
    assert 'class="prose"' in html


def test_drawing_refuses_what_is_no_text_of_a_module(module, author, as_role):
    assert draw(author, text="x" * 20_001).status_code == 422
    assert 'class="prose"' in draw(author, text="x", kind="../../base").content.decode()
    assert draw(as_role("support"), text="x").status_code == 403
