"""A draft made whole in memory for one language, so that a page of it can be drawn: what is missing says so loudly.

Learners' pages may count on a release having been checked; a draft was not.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import msgspec
from django.utils.html import format_html
from msgspec.structs import fields, replace

from courses.choices import Form
from courses.document import (
    Block,
    Case,
    CaseNode,
    Check,
    Document,
    Download,
    Figure,
    Lesson,
    Objective,
    Setting,
    Sort,
    Step,
    Survey,
    Test,
    Text,
    Words,
)

# The setting of a module that has none yet.
NO_SETTING = "general"


def complete(document: Document, locale: str, missing: str) -> tuple[Document, bool]:
    """The document with `missing` in place of every text that `locale` lacks, and whether there was one.

    A text is missing when it has to be there, or when only the other language has it.
    """
    filler = _Filler(locale, missing)
    steps = tuple(_drawable(step, locale) for step in document.steps)
    whole = filler.fill(replace(document, steps=steps, settings=_settings(document), objectives=_objectives(document)))
    return whole, filler.filled


@lru_cache(maxsize=100)
def _words_of(kind: type[msgspec.Struct]) -> dict[str, bool]:
    """The fields that hold words, and whether they have to. Kept: to read a type takes long."""
    return {field.name: field.required for field in fields(kind) if field.type == Words}


class _Filler:
    def __init__(self, locale: str, missing: str) -> None:
        self.locale, self.missing, self.filled = locale, missing, False

    def fill(self, thing: Any) -> Any:
        if not isinstance(thing, msgspec.Struct):
            return thing
        changed: dict[str, Any] = {}
        for name in thing.__struct_fields__:
            value = getattr(thing, name)
            if isinstance(value, tuple):
                changed[name] = tuple(self.fill(item) for item in value)
        for name, required in _words_of(type(thing)).items():
            value = getattr(thing, name)
            if not value.get(self.locale) and (required or value):
                changed[name] = value | {self.locale: self._loud(thing, name)}
        return replace(thing, **changed) if changed else thing

    def _loud(self, thing: msgspec.Struct, name: str) -> str:
        self.filled = True
        return format_html('<mark class="missing">{}</mark>', self.missing) if _is_html(thing, name) else self.missing


def _is_html(thing: msgspec.Struct, name: str) -> bool:
    return name in ("html", "intro", "description", "citation") or (
        name == "summary" and isinstance(thing, Lesson | Case)
    )


def _drawable(step: Step, locale: str) -> Step:
    if isinstance(step, Case):
        return _walkable(step)
    if isinstance(step, Lesson):
        return replace(step, blocks=tuple(_shown(block, locale) for block in step.blocks))
    return step


def _shown(block: Block, locale: str) -> Block:
    """A picture or file that is not there leaves a text that says so."""
    if (isinstance(block, Figure) and not block.image.get(locale)) or (
        isinstance(block, Download) and not block.file.get(locale)
    ):
        return Text(key=block.key, html={})
    return block


def _walkable(case: Case) -> Case:
    """With a node for the start and for every place that a choice leads to."""
    known = {node.key for node in case.nodes}
    wanted = [case.start or "start", *(choice.to for node in case.nodes for choice in node.choices)]
    stubs = (CaseNode(key=key, html={}) for key in dict.fromkeys(wanted) if key not in known)
    return replace(case, start=case.start or "start", nodes=(*case.nodes, *stubs))


def _settings(document: Document) -> tuple[Setting, ...]:
    return document.settings or (Setting(key=NO_SETTING, icon="people", name={}, places={}),)


def _objectives(document: Document) -> tuple[Objective, ...]:
    known = {objective.key for objective in document.objectives}
    asked = dict.fromkeys(question.objective for question in document.questions)
    return (*document.objectives, *(Objective(key=key, text={}) for key in asked if key not in known))


def holes(document: Document, setting: str, step: Step) -> Iterable[str]:
    """What a step has nothing of: blocks, nodes, items, or questions for this setting."""
    if isinstance(step, Lesson) and not step.blocks:
        yield "blocks"
    if isinstance(step, Case) and not step.nodes:
        yield "nodes"
    if isinstance(step, Survey) and not step.items:
        yield "items"
    if isinstance(step, Test) and not all(document.questions_for(form, setting) for form in Form):
        yield "questions"
    if isinstance(step, Lesson) and any(_is_empty(block) for block in step.blocks):
        yield "exercise"


def _is_empty(block: Block) -> bool:
    return (isinstance(block, Check) and not block.options) or (isinstance(block, Sort) and not block.items)
