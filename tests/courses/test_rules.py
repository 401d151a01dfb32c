"""One document for every rule, broken in that one way, and everything that is then found."""

from datetime import date, timedelta

import msgspec
import pytest
from msgspec.structs import replace

from courses.document import Category, Check, Document, Figure, Objective, SortItem
from courses.publishing import MESSAGES, publish_issues
from courses.rules import Finding, findings
from tests.certificates.factories import offer as credit_offer
from tests.factories import document, option, question, words

TODAY = date(2026, 11, 22)
SOUND = document()
ENGLISH = {"en": "only"}


def with_step(key: str, **fields) -> Document:
    return document(steps=tuple(replace(step, **fields) if step.key == key else step for step in SOUND.steps))


def without_step(key: str) -> Document:
    return document(steps=tuple(step for step in SOUND.steps if step.key != key))


def with_block(block: str, **fields) -> Document:
    blocks = SOUND.step("shared").blocks
    return with_step("shared", blocks=tuple(replace(b, **fields) if b.key == block else b for b in blocks))


def with_extra_block(block) -> Document:
    return with_step("shared", blocks=(*SOUND.step("shared").blocks, block))


def with_node(node: str, **fields) -> Document:
    nodes = SOUND.step("clinic-case").nodes
    return with_step("clinic-case", nodes=tuple(replace(n, **fields) if n.key == node else n for n in nodes))


def with_question(**fields) -> Document:
    first, *others = SOUND.questions
    return document(questions=(replace(first, **fields), *others))


def leading(choice, to: str):
    return replace(choice, to=to)


def figure(**fields) -> Figure:
    image = {"en": "figures/a.svg", "es": "figures/a.svg"}
    return Figure(**{"key": "figure", "image": image, "width": 4, "height": 3, "alt": words("alt"), **fields})


def offering(**fields) -> Document:
    return document(offers=(credit_offer(**fields),))


def plain_offer(key: str):
    return credit_offer(key, type="completion", amount=None, professions=())


ARRIVAL, ALONE, END = SOUND.step("clinic-case").nodes
ASK, LEAVE = ARRIVAL.choices
TWO_RIGHT = (option("a", correct=True), option("b", correct=True))
SAME_IN_SPANISH = tuple(replace(option(key), text={"en": key, "es": "igual"}, correct=key == "a") for key in "ab")

# Found in a draft and its history, not in a document (courses/readiness.py).
OF_DRAFTS = {"courses.E020", "courses.E022"}

BROKEN = {
    "title in one language": (document(title=ENGLISH), [Finding("courses.E001", (), "title", "es")]),
    "title in no language": (
        document(title={}),
        [Finding("courses.E001", (), "title", "en"), Finding("courses.E001", (), "title", "es")],
    ),
    "credit of the module in no language": (
        document(credit={}),
        [Finding("courses.E001", (), "credit", "en"), Finding("courses.E001", (), "credit", "es")],
    ),
    "optional heading in one language": (
        with_block("intro", heading=ENGLISH),
        [Finding("courses.E001", ("shared", "intro"), "heading", "es")],
    ),
    "option deep inside a check": (
        with_block("check", options=(replace(option("a", correct=True), text=ENGLISH), option("b"))),
        [Finding("courses.E023", ("shared", "check", "a"), "text", "es")],
    ),
    "wrong option deep inside a check": (
        with_block("check", options=(option("a", correct=True), replace(option("b"), text=ENGLISH))),
        [Finding("courses.E021", ("shared", "check", "b"), "text", "es")],
    ),
    "terminates today": (document(terminates_on=TODAY), [Finding("courses.E002")]),
    "no setting": (
        document(settings=(), steps=tuple(step for step in SOUND.steps if not step.settings)),
        [Finding("courses.E003")],
    ),
    "step for an unknown setting": (
        with_step("clinic-lesson", settings=("clinic", "nowhere")),
        [Finding("courses.E004", ("clinic-lesson",), "nowhere")],
    ),
    "setting without a case": (without_step("clinic-case"), [Finding("courses.E005", ("clinic",), "case")]),
    "nobody has a first test": (
        without_step("first-test"),
        [Finding("courses.E005", ("clinic",), "pre"), Finding("courses.E005", ("school",), "pre")],
    ),
    "nobody has a final test": (
        without_step("final-test"),
        [Finding("courses.E005", ("clinic",), "post"), Finding("courses.E005", ("school",), "post")],
    ),
    "nobody has a survey": (
        without_step("survey"),
        [Finding("courses.E005", ("clinic",), "survey"), Finding("courses.E005", ("school",), "survey")],
    ),
    "setting without a lesson": (
        document(steps=tuple(step for step in SOUND.steps if step.key not in {"shared", "school-lesson"})),
        [Finding("courses.E005", ("school",), "lesson")],
    ),
    "form without a question for one setting": (
        document(questions=(question("a1", "A"), question("b1", "B", settings=("clinic",)))),
        [Finding("courses.E006", ("school",), "B"), Finding("courses.E007", ("school",))],
    ),
    "forms of unequal length for one setting": (
        document(questions=(*SOUND.questions, question("a3", "A", settings=("clinic",)))),
        [Finding("courses.E007", ("clinic",))],
    ),
    "forms of equal length over different objectives": (
        document(
            objectives=tuple(Objective(key=key, text=words(key)) for key in ("stop", "ask")),
            questions=(question("a1", "A", "stop"), question("b1", "B", "ask")),
        ),
        [Finding("courses.E007", ("clinic",)), Finding("courses.E007", ("school",))],
    ),
    "question with one option": (
        with_question(options=(option("a", correct=True),)),
        [Finding("courses.E008", ("a1",))],
    ),
    "check with one option": (
        with_block("check", options=(option("a", correct=True),)),
        [Finding("courses.E008", ("shared", "check"))],
    ),
    "question without a right option": (
        with_question(options=(option("a"), option("b"))),
        [Finding("courses.E009", ("a1",))],
    ),
    "two right options for one choice": (with_question(options=TWO_RIGHT), [Finding("courses.E010", ("a1",))]),
    "two options that read the same in Spanish": (
        with_question(options=SAME_IN_SPANISH),
        [Finding("courses.E011", ("a1",), locale="es")],
    ),
    "sort with one category": (
        with_block("sort", categories=(Category(key="one", text=words("one")),), items=()),
        [Finding("courses.E012", ("shared", "sort"))],
    ),
    "sort item without its category": (
        with_block("sort", items=(SortItem(key="i", text=words("i"), category="", feedback=words("f")),)),
        [Finding("courses.E012", ("shared", "sort"))],
    ),
    "node nobody reaches": (
        with_node("arrival", choices=(LEAVE,)),
        [Finding("courses.E013", ("clinic-case", "alone"), "unreachable")],
    ),
    "node with no way on": (
        with_node("alone", choices=()),
        [Finding("courses.E013", ("clinic-case", "alone"), "dead-end")],
    ),
    "ending that goes on": (
        with_node("alone", ending="mixed"),
        [Finding("courses.E013", ("clinic-case", "alone"), "ending-goes-on")],
    ),
    "nodes in a circle": (
        with_node("alone", choices=(leading(ASK, "arrival"),)),
        [
            Finding("courses.E013", ("clinic-case", "arrival"), "loop"),
            Finding("courses.E013", ("clinic-case", "alone"), "loop"),
        ],
    ),
    "choice that leads out of the case": (
        with_node("alone", choices=(leading(ASK, "another-case"),)),
        [Finding("courses.E013", ("clinic-case", "alone"), "leads-nowhere")],
    ),
    "picture that could not be read": (
        with_extra_block(figure(width=0, height=0)),
        [Finding("courses.E014", ("shared", "figure"))],
    ),
    "lesson without blocks": (with_step("clinic-lesson", blocks=()), [Finding("courses.E015", ("clinic-lesson",))]),
    "survey choice with one option": (
        with_step(
            "survey", items=tuple(replace(item, options=item.options[:1]) for item in SOUND.step("survey").items)
        ),
        [Finding("courses.E016", ("survey", "applies"))],
    ),
    "case that starts nowhere": (
        with_step("clinic-case", start="nowhere"),
        [Finding("courses.E017", ("clinic-case",))],
    ),
    "objective nobody is asked about": (
        document(objectives=(*SOUND.objectives, Objective(key="ask", text=words("ask")))),
        [Finding("courses.E018", ("ask",))],
    ),
    "other numbers in Spanish": (
        with_question(stem={"en": "18 or 21?", "es": "¿18 o 20?"}),
        [Finding("courses.E019", ("a1",), "stem")],
    ),
    "profession that there is none of": (
        offering(professions=("nurse", "wizard")),
        [Finding("courses.E024", ("nursing",), "wizard")],
    ),
    "offer in no language": (offering(languages=()), [Finding("courses.E025", ("nursing",))]),
    "statement longer than three lines": (
        offering(statement={"en": "x" * 320, "es": "x" * 321}),
        [Finding("courses.E026", ("nursing",), "statement", "es")],
    ),
    "statement of the module longer than three lines": (
        document(statement={"en": "x" * 321, "es": "x"}),
        [Finding("courses.E026", (), "statement", "en")],
    ),
    "variable that there is none of": (
        offering(extra={"en": "{name} {naem}", "es": "{name} {module}"}),
        [Finding("courses.E027", ("nursing",), "{naem}", "en")],
    ),
    "credit without an amount": (offering(amount=None), [Finding("courses.E028", ("nursing",))]),
    "two certificates of completion": (
        document(offers=(plain_offer("one"), plain_offer("two"))),
        [Finding("courses.E029", ("two",))],
    ),
    "offer that begins before its module": (
        offering(starts_on=SOUND.released_on - timedelta(days=1)),
        [Finding("courses.E030", ("nursing",))],
    ),
    "offer that outlives its module": (
        offering(ends_on=SOUND.terminates_on + timedelta(days=1)),
        [Finding("courses.E030", ("nursing",))],
    ),
    "offer that ended yesterday": (
        offering(ends_on=TODAY - timedelta(days=1)),
        [Finding("courses.E031", ("nursing",))],
    ),
}


@pytest.mark.parametrize("content, expected", BROKEN.values(), ids=BROKEN)
def test_broken_document_is_found_out_and_nothing_else_is(content, expected):
    assert findings(content, TODAY, ["nurse"]) == expected


def test_offer_on_its_last_day_for_everyone_has_no_finding():
    assert findings(offering(professions=(), ends_on=TODAY), TODAY, ["nurse"]) == []


def test_sound_document_has_no_finding():
    assert findings(SOUND, TODAY) == []


def test_every_code_has_a_message_and_a_broken_document():
    broken = {finding.code for _content, expected in BROKEN.values() for finding in expected}
    assert broken == set(MESSAGES) - OF_DRAFTS == {f"courses.E{number:03}" for number in range(1, 32)} - OF_DRAFTS


def test_several_faults_are_all_found():
    content = document(title=ENGLISH, terminates_on=TODAY, questions=())
    codes = [finding.code for finding in findings(content, TODAY)]
    assert codes == ["courses.E001", "courses.E002", *["courses.E006"] * 4, "courses.E018"]


def test_document_that_terminates_tomorrow_may_be_released():
    assert findings(document(terminates_on=TODAY + timedelta(days=1)), TODAY) == []


def test_document_of_one_language_owes_no_text_in_the_other():
    assert findings(in_english(SOUND), TODAY) == []


def in_english(content: Document) -> Document:
    return msgspec.convert({**_stripped(msgspec.to_builtins(content)), "locales": ["en"]}, Document)


def _stripped(value):
    if isinstance(value, dict):
        spoken = {"en": value["en"]} if value.keys() == {"en", "es"} else value
        return {name: _stripped(part) for name, part in spoken.items()}
    return [_stripped(part) for part in value] if isinstance(value, list) else value


def test_optional_text_may_be_missing_in_every_language():
    content = with_extra_block(Check(key="more", stem=words("more"), options=(bare("a", True), bare("b", False))))
    assert findings(content, TODAY) == []


def bare(key: str, correct: bool):
    return replace(option(key, correct), feedback={})


@pytest.mark.parametrize(
    "english, spanish",
    [
        ("11,500 people", "11.500 personas"),
        ("80% of 12", "El 80\u00a0% de 12"),
        ("none", "ninguna"),
        ("2 or 1", "1 o 2"),
    ],
)
def test_numbers_written_another_way_are_the_same_numbers(english, spanish):
    assert findings(with_question(stem={"en": english, "es": spanish}), TODAY) == []


def test_issue_says_what_is_wrong_what_to_do_and_where():
    (issue,) = publish_issues(with_block("intro", heading=ENGLISH), TODAY)
    assert str(issue) == (
        "courses.E001 shared/intro · heading · es: A text is missing in a language."
        " Write it, or remove it from the other language."
    )
