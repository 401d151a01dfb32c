"""The translation desk: its list, its counts, and what its buttons write."""

import pytest

from accounts.models import User
from courses.choices import Act
from courses.columns import stamp
from courses.freshness import State
from courses.models import Block, Change, Setting, Term
from courses.parts import PARTS
from courses.services.editing import edit
from courses.services.translations import set_source
from courses.texts import translations_of
from studio.presenting.desk_list import Filters

DESK = "/en/studio/modules/basics/translations/"


@pytest.fixture
def translator(as_role):
    """Of Spanish, and nothing else."""
    return as_role("translator", "es")


def intro() -> Block:
    return Block.objects.get(step__key="shared", key="intro")


def url(block: Block, field: str = "body") -> str:
    return f"{DESK}block/{block.pk}/{field}/"


def shown(client, query: str = "") -> dict:
    """The texts listed, by part, row and field."""
    return {text.item.text.address: text for text in client.get(DESK + query).context["texts"]}


def counts(client) -> dict[str, dict[str, int]]:
    return {
        line["locale"]: {entry["state"]: entry["count"] for entry in line["states"] if entry["count"]}
        for line in client.get(DESK).context["counts"]
    }


def changes():
    """What somebody did, the newest first."""
    return Change.objects.exclude(by=None)


def text_of(client, block: Block, field: str = "body"):
    return shown(client, "?step=shared&part=block")["block", block.pk, field]


def seen(client, block: Block, field: str = "body") -> str:
    return text_of(client, block, field).form["seen"].value()


def write_source(module, words: str, by: User | None = None) -> Block:
    block = intro()
    part = PARTS["block"]
    return edit(part=part, row=block.pk, module=module, values={"body_en": words}, base=stamp(block, part), by=by)


def test_desk_lists_every_text_in_the_order_of_the_outline_with_true_counts(module, translator):
    items = translations_of(module)
    first = translator.get(DESK).context
    assert [text.item.text.name for text in first["texts"]] == [item.text.name for item in items[:50]]
    assert first["page"].paginator.count == len(items)
    assert counts(translator) == {"es": {State.NEEDS_REVIEW: len(items)}}


def test_counts_are_true_after_each_action(module, translator):
    total, block = len(translations_of(module)), intro()
    write_source(module, "corrected", translator.user)
    assert counts(translator) == {"es": {State.STALE: 1, State.NEEDS_REVIEW: total - 1}}
    translator.post(url(block), {"words": "corregido", "seen": seen(translator, block)})
    assert counts(translator) == {"es": {State.NEEDS_REVIEW: total}}
    translator.post(url(block), {"words": "corregido", "seen": seen(translator, block), "reviewed": "1"})
    assert counts(translator) == {"es": {State.NEEDS_REVIEW: total - 1, State.REVIEWED: 1}}
    Block.objects.filter(pk=block.pk).update(body_es="")
    assert counts(translator) == {"es": {State.NEEDS_REVIEW: total - 1, State.MISSING: 1}}
    Block.objects.filter(pk=block.pk).update(archived=True)
    assert counts(translator) == {"es": {State.NEEDS_REVIEW: len(translations_of(module))}}


def test_text_missing_in_the_language_it_is_written_in_counts_for_that_language(module, translator):
    Block.objects.filter(pk=intro().pk).update(body_en="")
    assert counts(translator)["en"] == {State.MISSING: 1}
    text = text_of(translator, intro())
    assert (text.locale, text.source, text.may_write) == ("en", "body (español)", False)


@pytest.mark.parametrize(
    "query, expected",
    [
        ("?state=stale", {"body"}),
        ("?state=stale&locale=en", set()),
        ("?step=shared&part=block&words=HEADING", {"heading"}),
        ("?words=body%20(esp", {"body"}),
        ("?words=nothing+like+it", set()),
    ],
)
def test_filters_narrow_the_list_together(query, expected, module, translator):
    write_source(module, "corrected")
    found = shown(translator, query)
    block = intro()
    assert {field for part, row, field in found if (part, row) == ("block", block.pk)} == expected


def test_filter_by_step_and_by_kind_of_part_leaves_those_alone(module, translator):
    steps = {text.item.text.step for text in shown(translator, "?step=shared").values()}
    parts = {part for part, _row, _field in shown(translator, "?part=objective")}
    assert (steps, parts) == ({"shared"}, {"objective"})


def test_filter_that_is_no_choice_shows_everything(module, translator):
    everything = translator.get(DESK).context["page"].paginator.count
    response = translator.get(DESK + "?state=x&locale=fr&part=user&page=zzz")
    assert (response.status_code, response.context["page"].paginator.count) == (200, everything)


def test_filters_are_kept_in_the_links_of_the_page(module, translator):
    body = translator.get(DESK + "?locale=es&words=e").content.decode()
    assert "?locale=es&amp;words=e&amp;page=2" in body
    assert Filters.read({"words": "a&state=x"}).query == "words=a%26state%3Dx"


def test_list_takes_the_same_queries_for_a_few_texts_and_for_many(module, translator, django_assert_num_queries):
    translator.get(DESK)
    write_source(module, "corrected", translator.user)
    with django_assert_num_queries(8):
        assert len(shown(translator, "?state=stale")) == 1
    with django_assert_num_queries(8):
        assert len(shown(translator, "?state=needs-review")) == 50


def test_translation_is_saved_and_the_next_text_of_the_list_is_shown(module, translator):
    block = intro()
    sent = {"words": " nuevo cuerpo \r\n", "seen": seen(translator, block), "following": "text-block-9-alt"}
    response = translator.post(url(block) + "?state=needs-review&page=2", sent)
    assert response["Location"] == f"{DESK}?state=needs-review&page=2#text-block-9-alt"
    assert intro().body_es == "nuevo cuerpo"
    [change] = changes()
    assert (change.by, change.fields) == (translator.user, {"body_es": ["body (español)", "nuevo cuerpo"]})


@pytest.mark.parametrize("following", ["//evil.example", "text-a\nx", "javascript:x"])
def test_place_to_go_on_at_is_never_taken_as_an_address(following, module, translator):
    block = intro()
    sent = {"words": "x", "seen": seen(translator, block), "following": following}
    response = translator.post(url(block) + "?state=stale&page=1e9", sent)
    assert response["Location"] == f"{DESK}?state=stale#text-block-{block.pk}-body"


def test_text_that_somebody_else_wrote_meanwhile_is_shown_and_nothing_typed_is_lost(module, translator):
    block = intro()
    shown_before = seen(translator, block)
    translator.post(url(block), {"words": "ellos", "seen": shown_before})
    response = translator.post(url(block), {"words": "yo", "seen": shown_before})
    assert response.status_code == 409
    body = response.content.decode()
    assert "ellos" in body and response.context["text"].form["words"].value() == "yo"
    assert intro().body_es == "ellos"
    translator.post(url(block), {"words": "yo", "seen": response.context["text"].form["seen"].value()})
    assert intro().body_es == "yo"


def test_change_of_another_text_of_the_same_block_is_no_conflict(module, translator):
    block = intro()
    before = seen(translator, block)
    translator.post(url(block, "heading"), {"words": "otro", "seen": seen(translator, block, "heading")})
    assert translator.post(url(block), {"words": "cuerpo", "seen": before}).status_code == 302
    assert (intro().heading_es, intro().body_es) == ("otro", "cuerpo")


@pytest.mark.parametrize("words", ["", "   ", "x" * 20_001, "<script>alert(1)</script>", "a <b>b</b>"])
def test_refused_words_come_back_with_the_reason(words, module, translator):
    block = intro()
    response = translator.post(url(block), {"words": words, "seen": seen(translator, block)})
    assert response.status_code == 422
    assert response.context["text"].form["words"].value() == words
    assert "words" in response.context["text"].form.errors
    assert b"<script>alert" not in response.content
    assert list(changes()) == []


def test_same_words_are_not_said_to_be_saved(module, translator):
    write_source(module, "corrected")
    block = intro()
    response = translator.post(url(block), {"words": block.body_es, "seen": seen(translator, block)}, follow=True)
    assert [str(message) for message in response.context["messages"]] == [
        "The words are the same as before; nothing was saved."
    ]
    assert text_of(translator, block).item.state is State.STALE


def test_a6_meaning_unchanged_requires_a_named_person_and_can_be_undone(module, translator, client):
    """A6: who says so answers for it by name, and a mistake can be taken back from the history."""
    block = write_source(module, "corrected", translator.user)
    client.post(url(block), {"unchanged": "1", "seen": seen(translator, block)})
    assert text_of(translator, block).item.state is State.STALE
    translator.post(url(block), {"words": block.body_es, "unchanged": "1", "seen": seen(translator, block)})
    assert text_of(translator, block).item.state is State.NEEDS_REVIEW
    change = changes()[0]
    assert (change.act, change.by, change.fields) == (
        Act.UNCHANGED,
        translator.user,
        {"body": ["body (English)", "corrected"]},
    )
    translator.post(f"/en/studio/changes/{change.pk}/undo/")
    text = text_of(translator, block)
    assert (text.item.state, text.made_from) == (State.STALE, "body (English)")
    assert changes().count() == 3


def test_meaning_is_not_said_unchanged_of_words_nobody_has_seen(module, translator):
    block = write_source(module, "corrected")
    before = seen(translator, block)
    write_source(module, "turned upside down")
    assert translator.post(url(block), {"unchanged": "1", "seen": before}).status_code == 409
    assert text_of(translator, block).item.state is State.STALE


def test_words_typed_beside_a_button_are_saved_with_it(module, translator):
    block = write_source(module, "corrected")
    translator.post(url(block), {"words": "corregido", "unchanged": "1", "seen": seen(translator, block)})
    assert (intro().body_es, text_of(translator, block).item.state) == ("corregido", State.NEEDS_REVIEW)
    translator.post(url(block), {"words": "bien", "reviewed": "1", "seen": seen(translator, block)})
    assert (intro().body_es, text_of(translator, block).item.state) == ("bien", State.REVIEWED)


def test_stale_text_shows_old_and_new_source_with_the_difference_marked(module, translator):
    block = write_source(module, "body (British)", translator.user)
    text = text_of(translator, block)
    assert text.difference == [("same", "body ("), ("del", "English"), ("ins", "British"), ("same", ")")]
    assert "<del>English</del><ins>British</ins>" in translator.get(DESK + "?state=stale").content.decode()


def test_either_language_may_be_the_source(module, translator, as_role):
    block = intro()
    set_source(row=block, locale="es", module=module, by=translator.user)
    text = text_of(translator, block)
    assert (text.direction, text.may_write) == ("Spanish to English", False)
    english = as_role("translator", "en")
    english.post(url(block), {"words": "mended", "seen": seen(english, block)})
    assert (intro().body_en, intro().body_es) == ("mended", "body (español)")


def test_ticked_texts_are_reviewed_but_for_those_that_changed_meanwhile(module, translator):
    block = intro()
    texts = [text_of(translator, block, field) for field in ("body", "heading")]
    ticked = [f"{text.item.text.name}:{text.form['seen'].initial}" for text in texts]
    write_source(module, "corrected")
    response = translator.post(f"{DESK}reviewed/?step=shared", {"text": ticked}, follow=True)
    assert response.redirect_chain == [(f"{DESK}?step=shared", 302)]
    assert [str(message) for message in response.context["messages"]] == [
        "1 translation counts as reviewed.",
        "1 text was changed meanwhile and is left as it was.",
    ]
    assert [text_of(translator, block, field).item.state for field in ("body", "heading")] == [
        State.STALE,
        State.REVIEWED,
    ]


@pytest.mark.parametrize("text", ["", "block", "block.0.body:" + "0" * 64, "user.1.email:" + "0" * 64])
def test_ticked_text_that_is_none_of_this_module_is_not_found(text, module, translator):
    assert translator.post(f"{DESK}reviewed/", {"text": [text]}).status_code == 404


def test_translator_writes_no_other_language(module, as_role):
    english, block = as_role("translator", "en"), intro()
    value = f"block.{block.pk}.body:{seen(english, block)}"
    answers = [
        english.post(url(block), {"words": "x", "seen": seen(english, block)}),
        english.post(url(block), {"unchanged": "1", "seen": seen(english, block)}),
        english.post(f"{DESK}reviewed/", {"text": [value]}),
    ]
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert {text.may_write for text in shown(english).values()} == {False}
    assert list(changes()) == []


@pytest.mark.parametrize("address", ["block/999999/body/", "user/1/email/", "block/{pk}/kind/", "block/{pk}/body_es/"])
def test_text_that_is_not_there_is_not_found(address, module, translator):
    response = translator.post(DESK + address.format(pk=intro().pk), {"words": "x"})
    assert response.status_code == 404


def test_picture_is_chosen_in_the_editor_only(module, translator):
    figure = Block.objects.get(step__key="shared", key="figure")
    text = text_of(translator, figure, "image")
    sent = {"seen": text.form["seen"].initial}
    answers = [translator.post(url(figure, "image"), sent | more) for more in ({"words": "x.svg"}, {"reviewed": "1"})]
    assert (text.is_words, [answer.status_code for answer in answers]) == (False, [404, 302])


def test_glossary_warns_and_never_refuses(module, translator):
    Term.objects.create(key="body", name_en="body", name_es="cuerpo", avoid_es="tronco")
    block = intro()
    translator.post(url(block), {"words": "el tronco", "seen": seen(translator, block)})
    assert intro().body_es == "el tronco"
    assert text_of(translator, block).warnings == [
        "The glossary avoids “tronco”; it has “cuerpo”.",
        "“body” is “cuerpo” in the glossary.",
    ]


def test_words_of_a_setting_are_translated_for_all_modules(module, translator):
    setting = Setting.objects.get(key="clinic")
    text = shown(translator, "?part=setting")["setting", setting.pk, "name"]
    translator.post(f"{DESK}setting/{setting.pk}/name/", {"words": "clínica", "seen": text.form["seen"].initial})
    [change] = changes()
    assert (change.module, Setting.objects.get(key="clinic").name_es) == (None, "clínica")


def test_words_typed_before_signing_in_again_come_back(module, translator, client):
    block = intro()
    client.post(url(block), {"words": "a medias", "seen": seen(translator, block)})
    client.force_login(translator.user)
    assert client.get(url(block)).context["text"].form["words"].value() == "a medias"
