import re

import pytest

from courses.columns import stamp
from courses.models import Block, Change, Translation
from courses.parts import PARTS
from courses.services.editing import edit
from courses.services.structure import archive
from courses.services.translations import confirm_unchanged
from courses.texts import translations_of

HISTORY = "/en/studio/modules/basics/history/"


def write(block: Block, module, by, **values) -> Change:
    block.refresh_from_db()
    edit(part=PARTS["block"], row=block.pk, module=module, values=values, base=stamp(block, PARTS["block"]), by=by)
    return Change.objects.first()


@pytest.fixture
def block(module) -> Block:
    return Block.objects.get(step__key="shared", key="intro")


def runs(page: str, tag: str) -> list[str]:
    return re.findall(rf"<{tag}>(.*?)</{tag}>", page)


def test_history_shows_who_changed_which_words(module, block, author):
    write(block, module, author.user, body_en="body (plain English)")
    page = author.get(HISTORY).content.decode()
    entry = page.partition('<li class="part">')[2].partition("</li>")[0]
    assert "author@example.org edited" in entry
    assert (f"/en/studio/modules/basics/steps/shared/#block-{block.pk}" in entry, "shared › intro" in entry) == (
        True,
        True,
    )
    assert ("Body (English)" in entry, runs(entry, "ins"), runs(entry, "del")) == (True, ["plain "], [])


def test_history_of_one_part_holds_nothing_else(module, block, author):
    write(block, module, author.user, body_en="New words")
    other = Block.objects.get(step__key="shared", key="scene")
    write(other, module, author.user, body_en="Other words")
    page = author.get(f"/en/studio/modules/basics/parts/block/{block.pk}/history/").content.decode()
    assert [word for word in ("New", "Other") if any(word in run for run in runs(page, "ins"))] == ["New"]


def test_what_stood_there_comes_back_as_a_change_of_its_own(module, block, author):
    change = write(block, module, author.user, body_en="A mistake", heading_es="Un error")
    response = author.post(f"/en/studio/changes/{change.pk}/take-back/")
    block.refresh_from_db()
    assert (block.body_en, block.heading_es) == ("body (English)", "heading (español)")
    assert response["Location"] == f"/en/studio/modules/basics/parts/block/{block.pk}/history/"
    assert Change.objects.first().fields == {
        "body_en": ["A mistake", "body (English)"],
        "heading_es": ["Un error", "heading (español)"],
    }


def test_what_was_not_an_edit_cannot_be_taken_back(module, block, author):
    archive(part=PARTS["block"], row=block.pk, module=module, by=author.user)
    assert author.post(f"/en/studio/changes/{Change.objects.first().pk}/take-back/").status_code == 404


def test_meaning_unchanged_is_taken_back_by_those_who_write_that_language(module, block, author, as_role):
    write(block, module, author.user, body_en="The body (English)")
    block.refresh_from_db()
    confirm_unchanged(row=block, field="body", module=module, by=author.user)
    change = Change.objects.first()
    url = f"/en/studio/changes/{change.pk}/undo/"
    assert as_role("translator", "en").post(url).status_code == 403
    assert [item for item in translations_of(module) if item.state == "stale"] == []
    assert as_role("translator", "es").post(url).status_code == 302
    assert [item.text.name for item in translations_of(module) if item.state == "stale"] == [f"block.{block.pk}.body"]
    author.post(url)  # too late: nothing happens twice
    assert Translation.objects.get(row=block.pk, field="body").made_from == "body (English)"


def test_history_takes_the_same_queries_however_long_it_is(module, block, author, django_assert_max_num_queries):
    def queries() -> int:
        author.get(HISTORY)  # keeps the help lines
        with django_assert_max_num_queries(20) as counted:
            author.get(HISTORY)
        return len(counted)

    write(block, module, author.user, body_en="1")
    few = queries()
    for number in range(2, 12):
        write(block, module, author.user, body_en=str(number))
    assert queries() == few


@pytest.mark.parametrize("url", ["shared/block/1/history/", "modules/basics/parts/term/1/history/", "changes/99/undo/"])
def test_history_of_what_is_not_there_is_not_found(url, module, author):
    ask = author.post if "changes" in url else author.get
    assert ask(f"/en/studio/{url}").status_code == 404
