from collections.abc import Callable
from datetime import date

import msgspec
import pytest

from courses.differences import Difference, differences, in_locales, same
from courses.document import Document
from tests.factories import document, lesson, question, setting, test_step, words

REPLACE = msgspec.structs.replace
BEFORE = document()


def with_step(key: str, **fields) -> Document:
    return document(steps=tuple(REPLACE(step, **fields) if step.key == key else step for step in BEFORE.steps))


def with_block(place: int, **fields) -> Document:
    blocks = list(BEFORE.step("shared").blocks)
    blocks[place] = REPLACE(blocks[place], **fields)
    return with_step("shared", blocks=tuple(blocks))


def with_question(**fields) -> Document:
    first, *others = BEFORE.questions
    return document(questions=(REPLACE(first, **fields), *others))


def said(found: list[Difference]) -> list[tuple]:
    return [(item.kind.value, item.part, "/".join(item.place), item.names, item.locales) for item in found]


def keyed(*right: str):
    return tuple(REPLACE(option, correct=option.key in right) for option in BEFORE.questions[0].options)


SPANISH = {**words("lesson shared"), "es": "otro"}
CHANGES: dict[str, tuple[Callable[[], Document], list[tuple]]] = {
    "title-of-the-module": (
        lambda: document(title=words("new")),
        [("reworded", "module", "", ("title",), ("en", "es"))],
    ),
    "pass-mark": (lambda: document(pass_mark=70), [("set", "module", "", ("pass_mark",), ())]),
    "date": (lambda: document(review_on=date(2097, 1, 1)), [("set", "module", "", ("review_on",), ())]),
    "setting-added": (
        lambda: document(settings=(*BEFORE.settings, setting("clinic-two"))),
        [("added", "setting", "clinic-two", (), ())],
    ),
    "step-added": (
        lambda: document(steps=(*BEFORE.steps[:2], lesson("more"), *BEFORE.steps[2:])),
        [("added", "step", "more", (), ())],
    ),
    "step-taken-out": (
        lambda: document(steps=tuple(step for step in BEFORE.steps if step.key != "shared")),
        [("removed", "step", "shared", (), ())],
    ),
    "step-moved": (
        lambda: document(steps=(BEFORE.steps[1], BEFORE.steps[0], *BEFORE.steps[2:])),
        [("moved", "step", "shared", (), ())],
    ),
    "step-in-another-section": (
        lambda: with_step("shared", section="other"),
        [("moved", "step", "shared", (), ())],
    ),
    "step-renamed-in-one-language": (
        lambda: with_step("shared", title=SPANISH),
        [("reworded", "step", "shared", ("title",), ("es",))],
    ),
    "minutes": (lambda: with_step("shared", minutes=9), [("set", "step", "shared", ("minutes",), ())]),
    "for-whom": (lambda: with_step("shared", settings=("school",)), [("set", "step", "shared", ("settings",), ())]),
    "block-reworded": (
        lambda: with_block(0, html=words("<p>new</p>")),
        [("reworded", "block", "shared/intro", ("html",), ("en", "es"))],
    ),
    "block-taken-out": (
        lambda: with_step("shared", blocks=BEFORE.step("shared").blocks[1:]),
        [("removed", "block", "shared/intro", (), ())],
    ),
    "key-now-names-another-kind": (
        lambda: document(steps=(*BEFORE.steps[:-2], test_step("survey", "post"), *BEFORE.steps[-2:-1])),
        [("moved", "step", "survey", (), ()), ("set", "step", "survey", ("kind",), ())],
    ),
    "answer-of-a-check-rekeyed": (
        lambda: with_block(1, options=keyed("a")),
        [
            ("rekeyed", "block", "shared/check", (), ()),
        ],
    ),
    "item-of-a-sort": (
        lambda: with_block(2, items=BEFORE.step("shared").blocks[2].items[:1]),
        [("removed", "option", "shared/sort/second", (), ())],
    ),
    "node-leads-elsewhere": (
        lambda: with_step("clinic-case", start="alone"),
        [("set", "step", "clinic-case", ("start",), ())],
    ),
    "survey-answer": (
        lambda: with_step(
            "survey", items=tuple(REPLACE(item, options=item.options[:1]) for item in BEFORE.step("survey").items)
        ),
        [("removed", "survey-option", "survey/applies/some", (), ())],
    ),
    "question-reworded": (
        lambda: with_question(stem=words("new")),
        [("reworded", "question", "a1", ("stem",), ("en", "es"))],
    ),
    "question-rekeyed": (lambda: with_question(options=keyed("a", "b")), [("rekeyed", "question", "a1", (), ())]),
    "question-added": (
        lambda: document(questions=(*BEFORE.questions, question("c1", "A"))),
        [("added", "question", "c1", (), ())],
    ),
    "option-reworded": (
        lambda: with_question(
            options=(REPLACE(BEFORE.questions[0].options[0], text=words("new")), *BEFORE.questions[0].options[1:])
        ),
        [("reworded", "option", "a1/a", ("text",), ("en", "es"))],
    ),
    "source": (
        lambda: document(sources=(REPLACE(BEFORE.sources[0], checked_on=date(2026, 2, 2)),)),
        [("set", "source", "law", ("checked_on",), ())],
    ),
}


@pytest.mark.parametrize("change, expected", CHANGES.values(), ids=CHANGES)
def test_change_is_told_as_what_it_is_and_nothing_else(change, expected):
    assert said(differences(BEFORE, change())) == expected


def test_same_document_has_no_difference():
    assert differences(BEFORE, document()) == []


def test_value_before_and_after_is_told():
    [found] = differences(BEFORE, document(pass_mark=70))
    assert (found.before, found.after) == (80, 70)


def test_words_of_a_language_that_only_one_of_them_has_are_no_difference():
    assert differences(in_locales(BEFORE, ("en",)), with_step("shared", title=SPANISH)) == []


def test_document_in_one_language_holds_no_words_of_the_other():
    spanish = in_locales(BEFORE, ("es",))
    assert (spanish.locales, "(English)" in repr(spanish), "(español)" in repr(spanish)) == (("es",), False, True)


def test_two_documents_are_the_same_in_the_language_where_nothing_changed():
    after = with_step("shared", title=SPANISH)
    assert (same(BEFORE, after, "en"), same(BEFORE, after, "es")) == (True, False)
