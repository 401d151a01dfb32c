"""Why a document may not be released: every reason, each with its code and where it stands. Pure."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

import msgspec

from courses.choices import Form, Stage, SurveyKind
from courses.document import (
    Case,
    Check,
    Document,
    Figure,
    Frozen,
    Lesson,
    Question,
    Sort,
    Survey,
    Test,
    Words,
)
from courses.paths import path

# Texts that a part of a document may do without; given in one language, they are owed in the others too.
OPTIONAL = {"heading", "caption", "credit", "content_note", "feedback", "low", "high"}


class Finding(msgspec.Struct, frozen=True, order=True):
    """`place` names the object: step, block, question, node… keys from the outside in; `name` the text or detail."""

    code: str
    place: tuple[str, ...] = ()
    name: str = ""
    locale: str = ""


def findings(document: Document, today: date) -> list[Finding]:
    return [
        finding
        for rule in (texts, dates, settings, steps, bank, numerals)
        for finding in (rule(document, today) if rule is dates else rule(document))
    ]


def texts(document: Document) -> Iterator[Finding]:
    for place, name, words in all_words(document):
        missing = [locale for locale in document.locales if locale not in words]
        if missing and (words or not place or name not in OPTIONAL):
            yield from (Finding("courses.E001", place, name, locale) for locale in missing)


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
    has = {
        "lesson": any(isinstance(step, Lesson) for step in steps),
        "case": any(isinstance(step, Case) for step in steps),
        "survey": any(isinstance(step, Survey) for step in steps),
    } | {stage.value: any(isinstance(step, Test) and step.stage == stage for step in steps) for stage in Stage}
    yield from (Finding("courses.E005", (setting,), what) for what, there in has.items() if not there)
    counts = {form: Counter(question.objective for question in document.questions_for(form, setting)) for form in Form}
    yield from (Finding("courses.E006", (setting,), form.value) for form in Form if not counts[form])
    if counts[Form.A] != counts[Form.B]:
        yield Finding("courses.E007", (setting,))


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


def _options(question: Question | Check, place: tuple[str, ...]) -> Iterator[Finding]:
    if len(question.options) < 2:
        yield Finding("courses.E008", place)
    if not question.right:
        yield Finding("courses.E009", place)
    if len(question.right) > 1 and not question.multiple:
        yield Finding("courses.E010", place)
    for locale, texts in _by_locale(question).items():
        if len(set(texts)) < len(texts):
            yield Finding("courses.E011", place, locale=locale)


def _by_locale(question: Question | Check) -> dict[str, list[str]]:
    locales = {locale for option in question.options for locale in option.text}
    return {locale: [option.text.get(locale, option.key) for option in question.options] for locale in sorted(locales)}


def _sort(block: Sort, place: tuple[str, ...]) -> Iterator[Finding]:
    used = {item.category for item in block.items}
    if len(block.categories) < 2 or not used <= {category.key for category in block.categories}:
        yield Finding("courses.E012", place)


def _case(step: Case) -> Iterator[Finding]:
    nodes = {node.key: node for node in step.nodes}
    if step.start not in nodes:
        yield Finding("courses.E017", (step.key,))
        return
    reached = _reach(nodes, {step.start})
    for key, node in nodes.items():
        if key not in reached:
            yield Finding("courses.E013", (step.key, key), "unreachable")
        if bool(node.choices) == bool(node.ending):
            yield Finding("courses.E013", (step.key, key), "dead-end" if not node.choices else "ending-goes-on")
        elif key in _reach(nodes, {choice.to for choice in node.choices}):
            yield Finding("courses.E013", (step.key, key), "loop")
        if any(choice.to not in nodes for choice in node.choices):
            yield Finding("courses.E013", (step.key, key), "leads-nowhere")


def _reach(nodes: dict, keys: set[str]) -> set[str]:
    found, edge = set(keys), set(keys)
    while edge:
        edge = {choice.to for key in edge & nodes.keys() for choice in nodes[key].choices} - found
        found |= edge
    return found


def bank(document: Document) -> Iterator[Finding]:
    for question in document.questions:
        yield from _options(question, (question.key,))
    asked = {question.objective for question in document.questions}
    yield from (Finding("courses.E018", (o.key,)) for o in document.objectives if o.key not in asked)


def numerals(document: Document) -> Iterator[Finding]:
    """Twins must name the same numbers: an age or a share that differs makes one language's question easier."""
    for question in document.questions:
        for place, name, words in all_words(question):
            if len({_numbers(text) for text in words.values()}) > 1:
                yield Finding("courses.E019", place, name)


def _numbers(text: str) -> tuple[str, ...]:
    return tuple(sorted(re.sub(r"[.,\s]", "", number) for number in re.findall(r"\d[\d.,\u00a0\u202f]*", text)))
