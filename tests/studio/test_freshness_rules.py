"""The rules of staleness (A4, A5, A7), told through the editor's own pages."""

from courses.columns import stamp
from courses.freshness import State
from courses.models import Block, Translation
from courses.parts import PARTS
from courses.services.editing import edit
from courses.services.releases import publish
from courses.texts import translations_of

STEP = "/en/studio/modules/basics/steps/shared/"
PART = "/en/studio/modules/basics/parts/block"


def intro() -> Block:
    return Block.objects.get(step__key="shared", key="intro")


def save(client, block: Block, **values):
    """The form of the block as shown on the page, with some fields changed, sent by its button."""
    form = next(child["form"] for child in client.get(STEP).context["item"]["children"] if child["row"].pk == block.pk)
    sent = {form[name].html_name: form[name].value() for name in form.fields if form[name].value() is not None}
    named = {form[name].html_name if name in form.fields else name: value for name, value in values.items()}
    return client.post(f"{PART}/{block.pk}/", sent | named)


def states(module) -> dict[tuple, State]:
    return {item.text.address: item.state for item in translations_of(module)}


def changed(before: dict, after: dict) -> dict:
    return {address: state for address, state in after.items() if before.get(address) != state}


def test_a4_editing_one_source_paragraph_marks_exactly_it_stale_and_shows_old_and_new(module, author):
    """A4: whoever corrects a paragraph must find one stale text, not more, and see what changed."""
    before, block = states(module), intro()
    save(author, block, body_en="body (English), corrected")
    assert changed(before, states(module)) == {("block", block.pk, "body"): State.STALE}
    pairs = {
        (child["anchor"], pair.name): pair
        for child in author.get(STEP).context["item"]["children"]
        for pair in child["form"].pairs
    }
    assert [key for key, pair in pairs.items() if pair.state is State.STALE] == [(f"block-{block.pk}", "body")]
    pair = pairs[f"block-{block.pk}", "body"]
    assert pair.difference == [("same", "body (English)"), ("ins", ", corrected")]
    assert [(side.locale, side.text) for side in pair.sides] == [
        ("en", "body (English), corrected"),
        ("es", "body (español)"),
    ]
    assert "body (English)<ins>, corrected</ins>" in author.get(STEP).content.decode()


def test_a5_saving_without_a_textual_change_moving_or_publishing_marks_nothing_stale(module, author):
    """A5: only words make a translation stale, or translators would be sent to read what nobody changed."""
    save(author, intro(), body_en="One line.\n\nAnother.", body_es="Una línea.\n\nOtra.")
    before, block = states(module), intro()
    assert Translation.objects.filter(part="block", row=block.pk, field="body").exists()
    save(author, block)
    save(author, block, body_en="One line.  \r\n\r\nAnother.\r\n")
    author.post(f"{PART}/{block.pk}/move/", {"to": "3"})
    publish(module=module, by=author.user)
    assert intro().position == 3
    assert changed(before, states(module)) == {}


def test_a7_either_language_may_be_the_source_and_staleness_runs_from_it(module, author):
    """A7: a block written in Spanish first makes its English stale, and never the other way round."""
    block = intro()
    save(author, block, source="es")
    save(author, block, body_es="body (español), corregido")
    pair = next(pair for pair in form_of(author, block).pairs if pair.name == "body")
    assert [side.locale for side in pair.sides] == ["es", "en"]
    assert (pair.state, pair.target) == (State.STALE, "en")
    assert pair.difference == [("same", "body (español)"), ("ins", ", corregido")]
    save(author, block, body_en="body (English), corrected")
    assert states(module)[("block", block.pk, "body")] is State.NEEDS_REVIEW


def form_of(client, block):
    return next(c["form"] for c in client.get(STEP).context["item"]["children"] if c["row"].pk == block.pk)


def test_meaning_unchanged_saves_what_was_typed_and_names_who_said_so(module, author):
    block = intro()
    save(author, block, body_en="body (English), corrected")
    save(author, block, unchanged="body", heading_en="heading (English), too")
    memory = Translation.objects.get(part="block", row=block.pk, field="body")
    assert (memory.by, memory.made_from) == (author.user, "body (English), corrected")
    assert intro().heading_en == "heading (English), too"
    found = states(module)
    assert found[("block", block.pk, "body")] is State.NEEDS_REVIEW
    assert found[("block", block.pk, "heading")] is State.STALE


def test_meaning_unchanged_is_for_those_who_write_the_translation(module, author, as_role):
    block = intro()
    edit(
        part=PARTS["block"],
        row=block.pk,
        module=module,
        values={"body_en": "Corrected."},
        base=stamp(block, PARTS["block"]),
        by=author.user,
    )
    refused = as_role("translator", "en").post(f"{PART}/{block.pk}/", {"unchanged": "body"})
    assert refused.status_code == 403
    assert states(module)[("block", block.pk, "body")] is State.STALE
    assert save(as_role("translator", "es"), block, unchanged="body").status_code == 302
    assert states(module)[("block", block.pk, "body")] is State.NEEDS_REVIEW


def test_the_source_language_is_chosen_by_authors_alone(module, as_role):
    block = intro()
    assert as_role("translator", "es").post(f"{PART}/{block.pk}/", {"source": "es"}).status_code == 403
    assert Translation.objects.filter(part="block", row=block.pk, source="es").count() == 0
