"""Differences between two texts, word by word, and the names of parts, columns and acts."""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from courses.choices import Act
from courses.credit_words import NAMES as CREDITS
from courses.errors import InUse
from courses.registry import profession_choices

Difference = list[tuple[str, str]]
# Beyond this many words a comparison would take longer than a page may.
MOST_WORDS = 6000


def word_diff(old: str, new: str) -> Difference:
    """Runs of text, each `same`, `del` (only in the old) or `ins` (only in the new), in reading order."""
    before, after = _words(old), _words(new)
    if len(before) + len(after) > MOST_WORDS:
        return [(kind, text) for kind, text in (("del", old), ("ins", new)) if text]
    runs: Difference = []
    for tag, start, end, other_start, other_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(("same", "".join(before[start:end])))
            continue
        runs += [("del", "".join(before[start:end]))] if end > start else []
        runs += [("ins", "".join(after[other_start:other_end]))] if other_end > other_start else []
    return runs


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\w+|[^\w\s]", text)


PARTS: dict[str, Promise] = {
    "module": _("Module"),
    "setting": _("Professional setting"),
    "objective": _("Objective"),
    "offer": _("Credit offer"),
    "section": _("Section"),
    "step": _("Step"),
    "block": _("Block"),
    "question": _("Question"),
    "category": _("Category"),
    "option": _("Option"),
    "node": _("Scene of a case"),
    "choice": _("Choice"),
    "survey-item": _("Survey question"),
    "survey-option": _("Survey answer"),
    "source": _("Source"),
    "term": _("Glossary term"),
}

ACTS: dict[str, Promise] = {
    Act.CREATED: pgettext_lazy("history", "added"),
    Act.EDITED: pgettext_lazy("history", "edited"),
    Act.MOVED: pgettext_lazy("history", "moved"),
    Act.ARCHIVED: pgettext_lazy("history", "archived"),
    Act.RESTORED: pgettext_lazy("history", "restored"),
    Act.UNCHANGED: pgettext_lazy("history", "said that the meaning is unchanged"),
    Act.REVIEWED: pgettext_lazy("history", "reviewed the translation"),
    Act.SOURCE: pgettext_lazy("history", "changed the language it is translated from"),
    Act.IMPORTED: pgettext_lazy("history", "brought in from a file"),
}

LANGUAGES: dict[str, Promise] = {"en": _("English"), "es": _("Spanish")}
# Spanish begins them with a small letter inside a sentence or a label.
IN_BRACKETS: dict[str, Promise] = {
    "en": pgettext_lazy("in brackets", "English"),
    "es": pgettext_lazy("in brackets", "Spanish"),
}

COLUMNS: dict[str, Promise] = {
    "title": _("Title"),
    "summary": _("Summary"),
    "description": _("Description"),
    "audience": _("Audience"),
    "authors": _("Authors"),
    "provider": _("Provider"),
    "credit": _("Credit"),
    "statement": _("Statement on the certificate"),
    "settings": _("Professional settings"),
    "source_locale": _("Written in"),
    "sign_offs": _("Sign-offs asked for"),
    "pass_mark": _("Pass mark, per cent"),
    "attempts_allowed": _("Attempts allowed"),
    "released_on": _("Release date"),
    "review_on": _("Review date"),
    "terminates_on": _("Termination date"),
    "name": _("Name"),
    "places": _("Places"),
    "icon": _("Icon"),
    "text": _("Text"),
    "accent": _("Quarter of the mark"),
    "content_note": _("Content note"),
    "intro": _("Introduction"),
    "minutes": _("Minutes"),
    "objective": _("Objective"),
    "sources": _("Sources"),
    "start": _("First scene"),
    "heading": _("Heading"),
    "body": _("Body"),
    "image": _("Picture"),
    "file": _("File"),
    "alt": _("Alternative text"),
    "caption": _("Caption"),
    "kind": _("Kind"),
    "stem": _("Question"),
    "explanation": _("Explanation"),
    "form": _("Form"),
    "multiple": _("Several right answers"),
    "feedback": _("Feedback"),
    "correct": _("Right"),
    "category": _("Category"),
    "ending": _("Ending"),
    "to": _("Leads to"),
    "prompt": _("Question"),
    "low": _("Lowest"),
    "high": _("Highest"),
    "citation": _("Citation"),
    "url": _("Address"),
    "checked_on": _("Checked on"),
    "avoid": _("Words to avoid"),
    "note": _("Note"),
    "type": _("Kind of credit"),
    "amount": _("Amount"),
    "professions": _("Professions"),
    "languages": _("Languages that earn it"),
    "provider_address": _("Address of the provider"),
    "provider_number": _("Provider number"),
    "activity_number": _("Activity number"),
    "format": _("Format"),
    "extra": _("Further lines"),
    "signatory": _("Signed by"),
    "signatory_role": _("Role of who signs"),
    "starts_on": _("First day"),
    "ends_on": _("Last day"),
    "valid_months": _("Valid for, in months"),
    "needs_license": _("License number and state"),
    "needs_nabp": _("NABP e-Profile"),
    "position": _("Place in the order"),
}


def column_name(column: str) -> str:
    """`body_es` → "Body (Spanish)", in the page's language."""
    locale = language_of(column)
    return in_languages(COLUMNS[column[:-3]], [locale]) if locale else str(COLUMNS.get(column, column))


def in_languages(text: str | Promise, locales: Iterable[str]) -> str:
    """A text with its languages in brackets."""
    languages = ", ".join(str(IN_BRACKETS[locale]) for locale in locales)
    return gettext("%(text)s (%(language)s)") % {"text": text, "language": languages}


def language_of(column: str) -> str:
    """The language a column is written in; empty for one that holds no words."""
    return column[-2:] if column[-3:] in ("_en", "_es") else ""


def place_in_words(place: Iterable[str]) -> str:
    return " › ".join(place)


def still_in_use(refusal: InUse) -> str:
    """Of what cannot be archived; a module itself has no place."""
    places = ", ".join(place_in_words(place) or gettext("a module") for place in refusal.by)
    return gettext("It is still in use: %(places)s. Change that first.") % {"places": places}


def value_in_words(value: Any, column: str = "") -> str:
    """Of a column, as courses/columns.py spells it."""
    names = _names(column)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return ", ".join(str(names.get(item, item)) for item in value)
    return str(names.get(value, value))


def _names(column: str) -> Mapping[Any, str | Promise]:
    if column == "professions":
        return dict(profession_choices())
    return CREDITS if column == "type" else LANGUAGES


def column_diff(column: str, values: Sequence[Any]) -> dict[str, Any]:
    """A column with its value before and after, as templates/studio/components/diff.html takes it."""
    old, new = (value_in_words(value, column) for value in values)
    return {"name": column_name(column), "lang": language_of(column), "runs": word_diff(old, new)}
