"""Why a document may not be released: every reason, each with its code and where it stands. Pure."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

import msgspec

from courses.branches import lacks, role_of
from courses.choices import CreditType, Form, SurveyKind
from courses.crosswalk import tally
from courses.document import (
    Case,
    Check,
    Document,
    Download,
    Figure,
    Frozen,
    Lesson,
    Option,
    Question,
    Sort,
    Step,
    Survey,
    Words,
)
from courses.offer_rules import faults as faults_of_offer
from courses.offer_rules import text_faults
from courses.paths import path
from courses.twins import Place, asked, exercises, numbers_differ, same_choices
from courses.walks import Spot, faults, graph_of

# Texts that a part of a document may do without; given in one language, they are owed in the others too.
OPTIONAL = {"heading", "caption", "credit", "content_note", "feedback", "low", "high", "extra", "signatory_role"}

# A text is there in one language and missing in another.
MISSING = {"courses.E001", "courses.E021", "courses.E023"}


class Finding(msgspec.Struct, frozen=True, order=True):
    """`place` names the object: step, block, question, node… keys from the outside in; `name` the text or detail."""

    code: str
    place: tuple[str, ...] = ()
    name: str = ""
    locale: str = ""


def findings(document: Document, today: date, professions: Collection[str] = ()) -> list[Finding]:
    """`professions` are all that an offer of credit may name."""
    return [
        *texts(document),
        *dates(document, today),
        *(finding for rule in (settings, steps, bank, numerals) for finding in rule(document)),
        *offers(document, today, professions),
    ]


def texts(document: Document) -> Iterator[Finding]:
    yield from _gaps(document, document.locales, asked(document))


def _gaps(
    value: object, locales: Sequence[str], questions: Iterable[tuple[Place, Question | Check]]
) -> Iterator[Finding]:
    options = {(*place, option.key): option for place, question in questions for option in question.options}
    for place, name, words in all_words(value):
        missing = [locale for locale in locales if locale not in words]
        if missing and (words or not place or name not in OPTIONAL):
            code = _missing(options.get(place)) if name == "text" and words else "courses.E001"
            yield from (Finding(code, place, name, locale) for locale in missing)


def _missing(option: Option | None) -> str:
    """A choice that one language lacks makes another question of it, the more so if it is the right one."""
    if option is None:
        return "courses.E001"
    return "courses.E023" if option.correct else "courses.E021"


def all_words(value: object, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str, Words]]:
    """Every text of a document: where it stands, its name and its words, also the empty ones."""
    if isinstance(value, tuple):
        for item in value:
            yield from all_words(item, place)
        return
    if not isinstance(value, Frozen):
        return
    here = place if isinstance(value, Document) else (*place, value.key)
    for field in msgspec.structs.fields(value):
        if field.type == Words:
            yield here, field.name, getattr(value, field.name)
        else:
            yield from all_words(getattr(value, field.name), here)


def dates(document: Document, today: date) -> Iterator[Finding]:
    if document.terminates_on <= today:
        yield Finding("courses.E002")


def offers(document: Document, today: date, professions: Collection[str]) -> Iterator[Finding]:
    """A module that offers no certificate of completion gives one with its own statement."""
    completions = [offer.key for offer in document.offers if offer.type == CreditType.COMPLETION]
    if not completions:
        yield from (Finding(code, (), *about) for code, *about in text_faults({"statement": document.statement}))
    for offer in document.offers:
        found = faults_of_offer(document, offer, professions, today)
        yield from (Finding(code, (offer.key,), *about) for code, *about in found)
    yield from (Finding("courses.E029", (key,)) for key in completions[1:])


def settings(document: Document) -> Iterator[Finding]:
    """Each setting needs a whole path: lessons, a practice case, both tests with questions, the survey."""
    if not document.settings:
        yield Finding("courses.E003")
    known = {setting.key for setting in document.settings}
    for step in document.steps:
        yield from (Finding("courses.E004", (step.key,), key) for key in step.settings if key not in known)
    for setting in document.settings:
        yield from _incomplete_path(document, setting.key)


def _incomplete_path(document: Document, setting: str) -> Iterator[Finding]:
    steps = path(document, setting)
    yield from (Finding("courses.E005", (setting,), what) for what in lacks(_role(step) for step in steps))
    counts = tally(document.questions, setting)
    yield from (Finding("courses.E006", (setting,), form.value) for form in Form if not counts[form])
    if counts[Form.A] != counts[Form.B]:
        yield Finding("courses.E007", (setting,))


def _role(step: Step) -> str:
    return role_of(step.__struct_config__.tag, getattr(step, "stage", ""))


def steps(document: Document) -> Iterator[Finding]:
    for step in document.steps:
        if isinstance(step, Lesson):
            yield from _lesson(step)
        elif isinstance(step, Case):
            yield from _case(step)
        elif isinstance(step, Survey):
            yield from (
                Finding("courses.E016", (step.key, item.key))
                for item in step.items
                if item.kind == SurveyKind.CHOICE and len(item.options) < 2
            )


def _lesson(step: Lesson) -> Iterator[Finding]:
    if not step.blocks:
        yield Finding("courses.E015", (step.key,))
    for block in step.blocks:
        place = (step.key, block.key)
        if isinstance(block, Check):
            yield from _options(block, place)
        elif isinstance(block, Sort):
            yield from _sort(block, place)
        elif isinstance(block, Figure) and not block.width:
            yield Finding("courses.E014", place)
        elif isinstance(block, Download):
            yield from (
                Finding("courses.E014", place, locale=locale) for locale, size in block.bytes.items() if not size
            )


def _options(question: Question | Check, place: tuple[str, ...]) -> Iterator[Finding]:
    if len(question.options) < 2:
        yield Finding("courses.E008", place)
    if not question.right:
        yield Finding("courses.E009", place)
    if len(question.right) > 1 and not question.multiple:
        yield Finding("courses.E010", place)
    yield from (Finding("courses.E011", place, locale=locale) for locale in same_choices(question))


def _sort(block: Sort, place: tuple[str, ...]) -> Iterator[Finding]:
    used = {item.category for item in block.items}
    if len(block.categories) < 2 or not used <= {category.key for category in block.categories}:
        yield Finding("courses.E012", place)


def _case(step: Case) -> Iterator[Finding]:
    nodes = graph_of(
        Spot(node.key, tuple(choice.to for choice in node.choices), bool(node.ending)) for node in step.nodes
    )
    if step.start not in nodes:
        yield Finding("courses.E017", (step.key,))
        return
    yield from (Finding("courses.E013", (step.key, key), fault) for key, fault in faults(nodes, step.start))


def of_question(question: Question, locales: Sequence[str]) -> list[Finding]:
    """What is amiss with one question of the bank, whatever the others are."""
    place = (question.key,)
    return [*_gaps(question, locales, [(place, question)]), *_options(question, place), *_uneven(question)]


def bank(document: Document) -> Iterator[Finding]:
    for question in document.questions:
        yield from _options(question, (question.key,))
    asked = {question.objective for question in document.questions}
    yield from (Finding("courses.E018", (o.key,)) for o in document.objectives if o.key not in asked)


def numerals(document: Document) -> Iterator[Finding]:
    """In the bank and in the exercises of lessons."""
    for question in document.questions:
        yield from _uneven(question)
    for (step, _block), exercise in exercises(document):
        yield from _uneven(exercise, (step,))


def _uneven(question: Question | Check | Sort, above: Place = ()) -> Iterator[Finding]:
    for place, name, words in all_words(question, above):
        if numbers_differ(words):
            yield Finding("courses.E019", place, name)
