"""The parts of a draft: every kind of row that an author edits, with its texts and where it stands.

A part has one name, used in addresses, history and exchange files. `words` are its texts, one column a language;
`plain` its other columns, where a relation is spoken of by keys. `parent` is what it is ordered in.
"""

from typing import Any, NamedTuple

from django.db import models
from django.db.models import QuerySet

from courses.choices import LOCALES, Style
from courses.keys import is_made_up
from courses.models import (
    Block,
    CaseChoice,
    CaseNode,
    Category,
    CreditOffer,
    Module,
    Objective,
    Option,
    Question,
    Section,
    Setting,
    Source,
    Step,
    SurveyItem,
    SurveyOption,
    Term,
)

LINE, PLAIN, MARKDOWN = Style.LINE, Style.PLAIN, Style.MARKDOWN


class Part(NamedTuple):
    """`to_module` and `parent` are lookups; `keys` those of the place, `order` those of the order, outside in."""

    name: str
    model: type[models.Model]
    words: dict[str, Style]
    plain: tuple[str, ...] = ()
    to_module: str = "module"
    parent: str = "module"
    keys: tuple[str, ...] = ("key",)
    order: tuple[str, ...] = ("position",)
    within: tuple[str, ...] = ()  # what must not be archived for this to be part of the draft

    @property
    def columns(self) -> list[str]:
        """The words' columns, by their suffixed names."""
        return [f"{name}_{locale}" for name in self.words for locale in LOCALES]

    def rows(self, module: Module | None) -> QuerySet:
        """Also the archived ones. Plain querysets: modeltranslation would rewrite the names of columns."""
        rows = QuerySet(model=self.model)
        return rows.filter(**{self.to_module: module.pk}) if module and self.to_module else rows

    def live(self, module: Module | None) -> QuerySet:
        rows = self.rows(module)
        if self.model is not Module:
            rows = rows.filter(archived=False)
        for lookup in self.within:
            rows = rows.exclude(**{f"{lookup}__archived": True})
        return rows


_IN_STEP: dict[str, Any] = {
    "to_module": "step__module",
    "parent": "step",
    "keys": ("step__key", "key"),
    "order": ("step__section__position", "step__position", "position"),
    "within": ("step", "step__section"),
}
_IN_QUESTION: dict[str, Any] = {
    "to_module": "question__module",
    "parent": "question",
    "keys": ("question__block__step__key", "question__block__key", "question__key", "key"),
    "order": (
        "question__block__step__section__position",
        "question__block__step__position",
        "question__block__position",
        "question__position",
        "position",
    ),
    "within": ("question", "question__block", "question__block__step", "question__block__step__section"),
}

PARTS: dict[str, Part] = {
    part.name: part
    for part in (
        Part(
            "module",
            Module,
            {
                "title": LINE,
                "summary": PLAIN,
                "description": MARKDOWN,
                "audience": PLAIN,
                "authors": PLAIN,
                "provider": LINE,
                "credit": PLAIN,
                "statement": PLAIN,
            },
            (
                "source_locale",
                "settings",
                "sign_offs",
                "pass_mark",
                "attempts_allowed",
                "released_on",
                "review_on",
                "terminates_on",
            ),
            to_module="pk",
            parent="",
            keys=(),
            order=(),
        ),
        Part("setting", Setting, {"name": LINE, "places": LINE}, ("icon",), to_module="module", parent=""),
        Part("objective", Objective, {"text": PLAIN}),
        Part(
            "offer",
            CreditOffer,
            {
                "name": LINE,
                "provider": LINE,
                "format": LINE,
                "statement": PLAIN,
                "extra": PLAIN,
                "signatory_role": LINE,
            },
            (
                "type",
                "amount",
                "professions",
                "languages",
                "provider_address",
                "provider_number",
                "activity_number",
                "signatory",
                "starts_on",
                "ends_on",
                "valid_months",
                "needs_license",
                "needs_nabp",
            ),
        ),
        Part("section", Section, {"title": LINE}, ("accent",)),
        Part(
            "step",
            Step,
            {"title": LINE, "content_note": PLAIN, "intro": MARKDOWN, "summary": MARKDOWN},
            ("minutes", "settings", "objective", "sources", "start"),
            parent="section",
            order=("section__position", "position"),
            within=("section",),
        ),
        Part(
            "block",
            Block,
            {
                "heading": LINE,
                "body": MARKDOWN,
                "image": Style.PICTURE,
                "file": Style.FILE,
                "alt": PLAIN,
                "caption": LINE,
                "credit": LINE,
            },
            ("kind", "sources"),
            **_IN_STEP,
        ),
        Part(
            "question",
            Question,
            {"stem": PLAIN, "explanation": PLAIN},
            ("form", "objective", "settings", "multiple", "sources"),
            keys=("block__step__key", "block__key", "key"),
            order=("block__step__section__position", "block__step__position", "block__position", "position"),
            within=("block", "block__step", "block__step__section"),
        ),
        Part("category", Category, {"text": LINE}, **_IN_QUESTION),
        Part("option", Option, {"text": PLAIN, "feedback": PLAIN}, ("correct", "category"), **_IN_QUESTION),
        Part("node", CaseNode, {"body": MARKDOWN}, ("ending",), **_IN_STEP),
        Part(
            "choice",
            CaseChoice,
            {"text": PLAIN, "feedback": PLAIN},
            ("to",),
            to_module="node__step__module",
            parent="node",
            keys=("node__step__key", "node__key", "key"),
            order=("node__step__section__position", "node__step__position", "node__position", "position"),
            within=("node", "node__step", "node__step__section"),
        ),
        Part("survey-item", SurveyItem, {"prompt": PLAIN, "low": LINE, "high": LINE}, ("kind",), **_IN_STEP),
        Part(
            "survey-option",
            SurveyOption,
            {"text": LINE},
            to_module="item__step__module",
            parent="item",
            keys=("item__step__key", "item__key", "key"),
            order=("item__step__section__position", "item__step__position", "item__position", "position"),
            within=("item", "item__step", "item__step__section"),
        ),
        Part("source", Source, {"citation": Style.CITATION}, ("url", "checked_on")),
    )
}

# Edited as parts are, but no text of a module: the glossary is the programme's own.
TERM = Part("term", Term, {"name": LINE, "avoid": LINE}, ("note",), to_module="", parent="")
# Of no module: all of them share these.
SHARED = ("setting", TERM.name)


def part_named(name: str) -> Part:
    """Raises KeyError."""
    return TERM if name == TERM.name else PARTS[name]


def part_of(row: models.Model) -> Part:
    return next(part for part in (*PARTS.values(), TERM) if isinstance(row, part.model))


def module_of(row: models.Model) -> Module | None:
    """The module a row is part of; None for settings and glossary terms, which all modules share."""
    part = part_of(row)
    if part.name in SHARED:
        return None
    if isinstance(row, Module):
        return row
    found: Any = row
    for name in part.to_module.split("__"):
        found = getattr(found, name)
    return found


def place_of(row: models.Model) -> tuple[str, ...]:
    """Keys from the outside in, as publish issues name a place; a question inside a lesson goes by its block."""
    keys = []
    for lookup in part_of(row).keys:
        found: Any = row
        for name in lookup.split("__"):
            found = getattr(found, name, None) if found is not None else None
        keys.append(found or "")
    return tidy_place(keys)


def tidy_place(keys: list[str | None]) -> tuple[str, ...]:
    """Without what is empty, and without the made-up key of a question whose block names it."""
    return tuple(key for key in keys if key and not is_made_up(key))
