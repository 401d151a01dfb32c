"""A question asks the same in both languages."""

from datetime import date

import msgspec
import pytest
from msgspec.structs import replace

from courses.columns import stamp
from courses.document import Check, Document, Option, Question, Words
from courses.models import Module
from courses.parts import part_named
from courses.publishing import MESSAGES
from courses.rules import Finding, findings
from courses.services.editing import edit
from courses.services.releases import NotPublishable, publish
from courses.twins import lengths_differ, numbers_differ, same_choices
from tests.factories import document, option, question, user, words

TODAY = date(2026, 11, 22)


def with_options(*options: Option) -> Document:
    first, *others = document().questions
    return document(questions=(replace(first, options=options), *others))


def with_check(**fields) -> Document:
    shared = document().step("shared")
    blocks = tuple(replace(block, **fields) if block.key == "check" else block for block in shared.blocks)
    return document(
        steps=tuple(replace(step, blocks=blocks) if step.key == "shared" else step for step in document().steps)
    )


ONLY_ENGLISH = {"en": "only here"}
RIGHT, WRONG = option("b", correct=True), option("c")
UNEVEN = {
    "fewer options in Spanish": (
        with_options(replace(option("a"), text=ONLY_ENGLISH), RIGHT, WRONG),
        Finding("courses.E021", ("a1", "a"), "text", "es"),
    ),
    "right option missing in English": (
        with_options(option("a"), replace(RIGHT, text={"es": "solo aquí"})),
        Finding("courses.E023", ("a1", "b"), "text", "en"),
    ),
    "two options that read the same in Spanish": (
        with_options(
            replace(option("a"), text={"en": "Call now", "es": "Llame ya"}),
            replace(RIGHT, text={"en": "Wait", "es": "  llame YA."}),
        ),
        Finding("courses.E011", ("a1",), "", "es"),
    ),
    "another number in an option": (
        with_options(replace(option("a"), text={"en": "After 18", "es": "Después de los 21"}), RIGHT),
        Finding("courses.E019", ("a1", "a"), "text"),
    ),
    "fewer options in the Spanish of a lesson's check": (
        with_check(options=(replace(option("a"), text=ONLY_ENGLISH), RIGHT)),
        Finding("courses.E021", ("shared", "check", "a"), "text", "es"),
    ),
    "right option of a lesson's check missing in Spanish": (
        with_check(options=(option("a"), replace(RIGHT, text=ONLY_ENGLISH))),
        Finding("courses.E023", ("shared", "check", "b"), "text", "es"),
    ),
    "another number in a lesson's check": (
        with_check(stem={"en": "A boy of 15", "es": "Un chico de 16"}),
        Finding("courses.E019", ("shared", "check"), "stem"),
    ),
}


@pytest.mark.parametrize("broken, finding", UNEVEN.values(), ids=UNEVEN)
def test_a11_publishing_a_quiz_fails_if_the_languages_differ_in_options_keys_points_or_numerals(broken, finding):
    """A11: a quiz is the same test in both languages. Rules E011, E019, E021 and E023 (courses/rules.py) protect it."""
    assert findings(broken, TODAY) == [finding]
    assert all(str(text) for text in MESSAGES[finding.code])


def test_a11_what_is_right_and_what_it_counts_cannot_differ_between_the_languages():
    """A11: keys and points are no words, so a language has none of its own. The document's shape protects it."""
    assert {
        kind.__name__: {field.name for field in msgspec.structs.fields(kind) if field.type == Words}
        for kind in (Question, Check, Option)
    } == {"Question": {"stem", "explanation"}, "Check": {"stem"}, "Option": {"text", "feedback"}}


@pytest.mark.django_db
def test_a11_a_draft_with_an_option_in_one_language_is_not_published(draft):
    """A11, through the editor's own services; put right, the same draft is published."""
    module, author = draft(), user("author@example.org")
    option = module.questions.get(key="a1").options.get(key="b")
    spanish = option.text_es
    write(module, option, author, text_es="")
    with pytest.raises(NotPublishable) as refused:
        publish(module=module, by=author)
    assert [issue.finding for issue in refused.value.issues] == [Finding("courses.E023", ("a1", "b"), "text", "es")]
    write(module, option, author, text_es=spanish)
    assert publish(module=module, by=author).number == 1


@pytest.mark.django_db
def test_number_that_differs_keeps_the_translation_back_and_not_its_source(draft):
    module, author = draft(), user("author@example.org")
    question = module.questions.get(key="a1")
    write(module, question, author, stem_es="Tiene 15 años")
    for locales in (("es",), ("en", "es")):
        with pytest.raises(NotPublishable) as refused:
            publish(module=module, by=author, locales=locales)
        assert [issue.finding for issue in refused.value.issues] == [Finding("courses.E019", ("a1",), "stem")]
    assert publish(module=module, by=author, locales=("en",)).locales == ["en"]


def write(module: Module, row, author, **values) -> None:
    part = part_named("option" if hasattr(row, "question_id") else "question")
    edit(
        part=part,
        row=row.pk,
        module=module,
        values=values,
        base=stamp(type(row).objects.get(pk=row.pk), part),
        by=author,
    )


@pytest.mark.parametrize(
    "english, spanish, differ",
    [
        ("1,000 people", "1000 personas", False),
        ("She is 15", "Tiene 15 años", False),
        ("She is 15", "Tiene quince años", True),
        ("1 in 4 or 25%", "el 25 % o 1 de cada 4", False),
        ("call 911", "llame al 112", True),
    ],
)
def test_numbers_are_compared_as_numbers(english, spanish, differ):
    assert numbers_differ({"en": english, "es": spanish}) is differ


def test_same_choices_are_found_in_each_language():
    twice = (
        replace(option("a"), text={"en": "Yes", "es": "Sí"}),
        replace(option("b"), text={"en": "yes.", "es": "No"}),
    )
    assert [same_choices(replace(question("q", "A"), options=twice)), same_choices(question("q", "A"))] == [["en"], []]


@pytest.mark.parametrize(
    "english, spanish, differ",
    [
        ("a" * 100, "b" * 125, False),
        ("a" * 50, "b" * 100, True),
        ("yes", "por supuesto que sí", False),
        ("a" * 90, "", True),
    ],
)
def test_length_far_apart_is_worth_a_look(english, spanish, differ):
    assert lengths_differ({"en": english, "es": spanish}) is differ


def test_length_is_no_reason_not_to_publish():
    first, *others = document().questions
    long = replace(first, stem=words("question") | {"en": "word " * 100})
    assert findings(document(questions=(long, *others)), TODAY) == []
