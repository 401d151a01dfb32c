import json

import pytest
from django.test import Client

from courses.columns import stamp
from courses.models import Block, Change, Option, Setting, Source, Step
from courses.parts import PARTS
from courses.services.editing import edit

BLOCK = PARTS["block"]


def intro(module) -> Block:
    return Block.objects.get(step__module=module, step__key="shared", key="intro")


def url(module, block, part: str = "block") -> str:
    return f"/en/studio/modules/{module.key}/parts/{part}/{block.pk}/"


def typed(block: Block, **values) -> dict:
    """The form of a block as a browser sends it, with some fields changed."""
    sent = {"base": stamp(block, BLOCK), "kind": block.kind, "sources": [source.key for source in block.sources.all()]}
    for name in ("heading", "body"):
        for locale in ("en", "es"):
            sent[f"{name}_{locale}"] = (getattr(block, f"{name}_{locale}") or "").replace("\n", "\r\n")
    return {f"block-{block.pk}-{name}": value for name, value in (sent | values).items()}


def script(client: Client, module, block, data: dict):
    """As the page's script saves."""
    response = client.post(url(module, block), data, headers={"Accept": "application/json"})
    return response.status_code, json.loads(response.content)


def test_saving_lands_on_the_part_and_is_in_the_history(module, author):
    block = intro(module)
    response = author.post(url(module, block), typed(block, body_en="Other words."))
    block.refresh_from_db()
    assert response.status_code == 302
    assert response["Location"] == f"/en/studio/modules/basics/steps/shared/#block-{block.pk}"
    assert block.body_en == "Other words."
    change = Change.objects.first()
    assert (change.by, change.fields) == (author.user, {"body_en": ["body (English)", "Other words."]})


def test_saving_what_is_there_already_changes_nothing(module, author):
    """A text that was never written and one that is empty are the same."""
    Block.objects.update(heading_es=None)
    block, before = intro(module), Change.objects.count()
    assert author.post(url(module, block), typed(block)).status_code == 302
    assert Change.objects.count() == before


def test_saving_by_script_answers_with_the_new_stamp_and_the_states(module, author):
    block = intro(module)
    status, answer = script(author, module, block, typed(block, body_en="Other words."))
    assert status == 200
    assert answer["stamp"] == stamp(intro(module), BLOCK)
    assert {name: state["state"] for name, state in answer["states"].items()} == {
        "heading": "needs-review",
        "body": "stale",
    }
    assert answer["message"].startswith("Saved at ")


def write_meanwhile(module, block, by, **values) -> None:
    edit(part=BLOCK, row=block.pk, module=module, values=values, base=stamp(block, BLOCK), by=by)


def test_the_second_of_two_people_is_shown_both_texts_and_loses_nothing(module, author, administrator):
    block = intro(module)
    mine = typed(block, body_en="My words.")
    write_meanwhile(module, block, administrator.user, body_en="Their words.")
    page = author.post(url(module, block), mine)
    html = page.content.decode()
    assert page.status_code == 409
    assert "administrator@example.org saved this part meanwhile" in html
    assert [column["runs"] for column in page.context["conflict"]["columns"]] == [
        [("del", "Their"), ("ins", "My"), ("same", " words.")]
    ]
    assert intro(module).body_en == "Their words."
    # What was typed is in the form, with the stamp of what stands there: saving it again is a decision.
    form = page.context["form"]
    assert form["body_en"].value() == "My words."
    again = author.post(url(module, block), mine | {f"block-{block.pk}-base": form["base"].value()})
    assert (again.status_code, intro(module).body_en) == (302, "My words.")


def test_a_script_is_told_of_a_conflict_and_writes_nothing(module, author, administrator):
    block = intro(module)
    mine = typed(block, body_en="My words.")
    write_meanwhile(module, block, administrator.user, body_en="Their words.")
    status, answer = script(author, module, block, mine)
    assert status == 409
    assert answer["message"].startswith("administrator@example.org saved this part meanwhile")
    assert intro(module).body_en == "Their words."


def test_a_text_of_200_000_letters_comes_back_whole(module, author):
    block, long = intro(module), "word " * 40_000
    page = author.post(url(module, block), typed(block, body_en=long))
    assert page.status_code == 422
    assert page.context["form"].errors == {
        "body_en": ["This text has 199999 characters; there is room for 20000. Please shorten it."]
    }
    assert page.context["form"]["body_en"].value() == long
    assert long in page.content.decode()
    assert intro(module).body_en == "body (English)"


WORD = '<p class=MsoNormal><b>Look</b> at <o:p>&nbsp;</o:p><a href="https://example.org">this</a></p><script>alert(1)</script>'


def test_pasted_html_is_refused_and_turned_into_markdown_on_request(module, author):
    block = intro(module)
    data = typed(block, body_en=WORD, heading_en="A <b>bold</b> one")
    page = author.post(url(module, block), data)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"body_en", "heading_en"}
    assert page.context["form"]["body_en"].value() == WORD
    assert "<script>alert(1)" not in page.content.decode()
    turned = author.post(url(module, block), data | {"convert": "1"})
    form = turned.context["form"]
    assert turned.status_code == 200
    assert form["body_en"].value() == "**Look** at [this](https://example.org)"
    assert form["heading_en"].value() == "A bold one"
    assert intro(module).body_en == "body (English)"


@pytest.mark.parametrize(
    "attack",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</textarea><svg onload=alert(1)>", "<!--x"],
)
def test_scripts_are_refused_in_every_text_and_shown_as_the_words_they_are(module, author, attack):
    block = intro(module)
    columns = ["heading_en", "heading_es", "body_en", "body_es"]
    page = author.post(url(module, block), typed(block, **dict.fromkeys(columns, attack)))
    assert (page.status_code, list(page.context["form"].errors)) == (422, columns)
    assert attack not in page.content.decode()
    assert intro(module).body_en == "body (English)"


def test_an_address_that_is_no_page_is_refused(module, author):
    source = Source.objects.get()
    data = {"base": stamp(source, PARTS["source"]), "citation_en": "x", "citation_es": "x", "checked_on": "2026-01-01"}
    sent = {f"source-{source.pk}-{name}": value for name, value in (data | {"url": "javascript:alert(1)"}).items()}
    page = author.post(url(module, source, "source"), sent)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["url"])


def test_words_that_only_look_like_html_are_kept(module, author):
    block, text = intro(module), "5 < 6 and 7 > 2, see <https://example.org>."
    assert author.post(url(module, block), typed(block, body_en=text)).status_code == 302
    assert intro(module).body_en == text


def test_a_translator_writes_one_language_and_nothing_else(module, as_role):
    block = intro(module)
    everything = typed(block, body_en="English", body_es="Español nuevo", kind="note", sources=[])
    assert as_role("translator", "es").post(url(module, block), everything).status_code == 302
    now = intro(module)
    assert (now.body_en, now.body_es, now.kind) == ("body (English)", "Español nuevo", "text")
    assert [source.key for source in now.sources.all()] == ["law"]


@pytest.mark.parametrize(
    "role, scope, status",
    [("author", "", 302), ("translator", "es", 302), ("reviewer", "", 403), ("publisher", "", 403)],
)
def test_saving_is_for_those_who_write(module, as_role, role, scope, status):
    block = intro(module)
    response = as_role(role, scope).post(url(module, block), typed(block, body_es="Otro."))
    assert response.status_code == status
    assert (intro(module).body_es == "Otro.") is (status == 302)


def test_a_row_of_another_module_is_not_found(module, author):
    block = intro(module)
    other = type(module).objects.create(
        key="other", pass_mark=80, released_on="2026-01-01", review_on="2027-01-01", terminates_on="2028-01-01"
    )
    assert author.post(url(other, block), typed(block, body_en="x")).status_code == 404
    assert author.post(url(module, block, "nonsense"), typed(block)).status_code == 404
    assert author.post(url(module, Setting.objects.first(), "setting"), {}).status_code == 404
    assert author.post(f"/en/studio/shared/block/{block.pk}/", typed(block)).status_code == 404


def test_a_choice_that_is_not_of_this_module_is_refused(module, author):
    block = intro(module)
    page = author.post(url(module, block), typed(block, sources=["foreign"], kind="check"))
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"sources", "kind"}


def test_what_is_archived_is_kept_where_it_is_chosen_and_not_offered_elsewhere(module, author):
    block = intro(module)
    Source.objects.update(archived=True)
    page = author.get("/en/studio/modules/basics/steps/shared/")
    offered = {
        child["row"].key: [key for key, _name in child["form"].fields["sources"].choices]
        for child in page.context["item"]["children"]
    }
    assert (offered["intro"], offered["scene"]) == (["law"], [])
    assert author.post(url(module, block), typed(block, body_en="Other.")).status_code == 302
    assert [source.key for source in intro(module).sources.all()] == ["law"]


def test_a_setting_is_saved_without_a_module(module, author):
    setting = Setting.objects.get(key="clinic")
    data = {"base": stamp(setting, PARTS["setting"]), "icon": "school", "name_en": "Clinic", "name_es": "Clínica"}
    data |= {"places_en": "", "places_es": ""}
    sent = {f"setting-{setting.pk}-{name}": value for name, value in data.items()}
    response = author.post(f"/en/studio/shared/setting/{setting.pk}/", sent)
    setting.refresh_from_db()
    assert response["Location"] == f"/en/studio/settings/#setting-{setting.pk}"
    assert (setting.icon, setting.name_en, setting.name_es, setting.places_en) == ("school", "Clinic", "Clínica", "")


def test_minutes_that_are_no_number_are_refused_with_what_was_typed(module, author):
    step = Step.objects.get(key="shared")
    data = {f"step-{step.pk}-base": stamp(step, PARTS["step"]), f"step-{step.pk}-minutes": "many"}
    page = author.post(url(module, step, "step"), data)
    assert page.status_code == 422
    assert (list(page.context["form"].errors), page.context["form"]["minutes"].value()) == (["minutes"], "many")


def test_after_signing_in_again_what_was_typed_is_in_the_form(module, author):
    block, client = intro(module), Client()
    away = client.post(url(module, block), typed(block, body_en="Typed before."))
    assert away.status_code == 302
    assert intro(module).body_en == "body (English)"
    client.force_login(author.user)
    page = client.get(url(module, block))
    assert page.context["form"]["body_en"].value() == "Typed before."


def test_a_part_has_no_page_of_its_own(module, author):
    option = Option.objects.get(question__key="a1", key="b")
    response = author.get(url(module, option, "option"))
    assert response["Location"] == f"/en/studio/modules/basics/questions/a1/#option-{option.pk}"


def test_the_dates_of_a_module_in_the_wrong_order_are_refused(module, author):
    part = PARTS["module"]
    data = {"base": stamp(module, part), "source_locale": "en", "pass_mark": "80", "attempts_allowed": ""}
    data |= {"released_on": "2026-01-01", "review_on": "2025-01-01", "terminates_on": "2099-01-01"}
    page = author.post(url(module, module, "module"), {f"module-{module.pk}-{name}": v for name, v in data.items()})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["review_on"])
