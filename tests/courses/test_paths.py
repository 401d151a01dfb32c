import msgspec
from hypothesis import given
from hypothesis import strategies as st

from courses.document import Section
from courses.paths import Receipt, by_section, minutes, path, receipt
from tests.factories import document, lesson, words

SETTINGS = ("clinic", "school", "street")


@st.composite
def documents(draw):
    """Lessons for everyone or for some settings, in any order."""
    belonging = draw(st.lists(st.lists(st.sampled_from(SETTINGS), unique=True).map(tuple), max_size=8))
    return document(steps=tuple(lesson(f"l{place}", settings) for place, settings in enumerate(belonging)))


settings = st.sampled_from(SETTINGS)


@given(documents(), settings)
def test_path_keeps_the_order_of_the_document(content, setting):
    keys = [step.key for step in path(content, setting)]
    assert keys == sorted(keys, key=[step.key for step in content.steps].index)


@given(documents(), settings)
def test_path_holds_shared_steps_and_those_of_its_setting_only(content, setting):
    expected = [step.key for step in content.steps if step.settings == () or setting in step.settings]
    assert [step.key for step in path(content, setting)] == expected


@given(documents(), settings, settings)
def test_receipt_accounts_for_every_step_once(content, one, other):
    before, after = path(content, one), path(content, other)
    change = receipt(before, after)
    assert sorted(step.key for step in change.kept + change.added) == sorted(step.key for step in after)
    assert sorted(step.key for step in change.kept + change.dropped) == sorted(step.key for step in before)
    assert not {step.key for step in change.added} & {step.key for step in change.dropped}


@given(documents(), settings)
def test_receipt_of_the_same_path_keeps_everything(content, setting):
    steps = path(content, setting)
    assert receipt(steps, steps) == Receipt(kept=steps, added=(), dropped=())


@given(documents(), settings, settings)
def test_going_back_returns_what_was_dropped_and_drops_what_was_added(content, one, other):
    before, after = path(content, one), path(content, other)
    there, back = receipt(before, after), receipt(after, before)
    assert (back.added, back.dropped) == (there.dropped, there.added)
    assert {step.key for step in back.kept} == {step.key for step in there.kept}


def test_receipt_compares_keys_so_a_reworded_step_is_kept():
    old, new = lesson("same"), msgspec.structs.replace(lesson("same"), title=words("reworded"))
    assert receipt((old,), (new,)) == Receipt(kept=(new,), added=(), dropped=())


def test_minutes_of_a_path_are_those_of_its_steps():
    assert minutes(path(document(), "clinic")) == 5 + 3 + 3 + 4 + 5 + 1
    assert minutes(()) == 0


def test_sections_keep_their_order_and_empty_ones_are_left_out():
    sections = tuple(Section(key=key, accent="neutral", title=words(key)) for key in ("one", "two", "three"))
    steps = tuple(
        msgspec.structs.replace(lesson(f"l{place}"), section=section)
        for place, section in enumerate(("one", "one", "three"))
    )
    content = document(sections=sections, steps=steps)
    assert by_section(content, path(content, "clinic")) == [(sections[0], steps[:2]), (sections[2], steps[2:])]
