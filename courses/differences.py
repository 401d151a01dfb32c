"""What changed between two editions of a module, part by part. Pure.

Words are compared in each language; where something stands, and what it asks, once for both.
"""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

import msgspec

from courses.choices import LOCALES
from courses.document import Document, Frozen, Words
from courses.offer_rules import earned_in

Place = tuple[str, ...]
Locales = tuple[str, ...]

_PER_LOCALE = (Words, dict[str, int])
# In the order in which they are told.
_PARTS = {
    "setting": "settings",
    "objective": "objectives",
    "offer": "offers",
    "section": "sections",
    "step": "steps",
    "question": "questions",
    "source": "sources",
}
_RULES = ("pass_mark", "attempts_allowed", "released_on", "review_on", "terminates_on")
# Kept in the order of the keys; what else a part holds is compared as a whole.
_LISTS = ("blocks", "nodes", "items", "choices", "options", "categories")


class Kind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    REWORDED = "reworded"
    SET = "set"  # a rule, a number, a date, or who it is for
    REKEYED = "rekeyed"  # another answer is right


class Difference(msgspec.Struct, frozen=True):
    """`part` says of what (courses/parts.py), `place` its keys from the outside in, `title` what it is called.

    `names` are the texts or columns that differ, `locales` the languages whose words do; `before` and `after` are
    given for a single value.
    """

    kind: Kind
    part: str
    place: Place = ()
    title: Words = {}
    names: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    before: Any = None
    after: Any = None


def in_locales(document: Document, locales: Sequence[str]) -> Document:
    """The same document with the words of these languages only, and what can be earned in them."""
    only = _only(document, frozenset(locales))
    return msgspec.structs.replace(only, locales=tuple(locales), offers=earned_in(locales, only.offers))


def _only(value: Any, locales: frozenset[str]) -> Any:
    if isinstance(value, tuple):
        return tuple(_only(item, locales) for item in value)
    if not isinstance(value, Frozen):
        return value
    fields = {field.name: (field.type, getattr(value, field.name)) for field in msgspec.structs.fields(value)}
    return type(value)(
        **{
            name: {key: item[key] for key in item if key in locales} if kind in _PER_LOCALE else _only(item, locales)
            for name, (kind, item) in fields.items()
        }
    )


def same(one: Document, other: Document, locale: str) -> bool:
    """Would a learner in this language notice no difference?"""
    return in_locales(one, (locale,)) == in_locales(other, (locale,))


def differences(before: Document, after: Document, locales: Sequence[str] = LOCALES) -> list[Difference]:
    """In those of the languages that both have, in the order of the later one."""
    common = tuple(locale for locale in locales if locale in before.locales and locale in after.locales)
    lists = [
        (part, getattr(before, name), getattr(after, name), _moved(before, after) if part == "step" else ())
        for part, name in _PARTS.items()
    ]
    return [
        *_of_module(before, after, common),
        *(found for part, old, new, moved in lists for found in _of_list(part, old, new, common, moved=moved)),
    ]


def _of_module(old: Document, new: Document, locales: Locales) -> Iterator[Difference]:
    yield from _reworded("module", (), old, new, locales)
    for name in _RULES:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Difference(Kind.SET, "module", names=(name,), before=before, after=after)


def _moved(old: Document, new: Document) -> list[str]:
    """Steps that went to another section."""
    return [step.key for step in new.steps if (was := old.step(step.key)) and was.section != step.section]


def _of_list(
    part: str, old: Sequence[Any], new: Sequence[Any], locales: Locales, outer: Place = (), moved: Iterable[str] = ()
) -> Iterator[Difference]:
    before, there = {item.key: item for item in old}, {item.key for item in new}
    gone = [item for item in old if item.key not in there]
    yield from (Difference(Kind.REMOVED, part, (*outer, item.key), title_of(item)) for item in gone)
    shifted = {*moved, *_shifted([item.key for item in old], [item.key for item in new])}
    for item in new:
        place = (*outer, item.key)
        if item.key not in before:
            yield Difference(Kind.ADDED, part, place, title_of(item))
            continue
        if item.key in shifted:
            yield Difference(Kind.MOVED, part, place, title_of(item))
        yield from _of_part(part, place, before[item.key], item, locales)


def _shifted(old: list[str], new: list[str]) -> set[str]:
    """Keys whose moving turns one order of those in common into the other; the longest runs stay."""
    there = [key for key in old if key in set(new)]
    here = [key for key in new if key in set(old)]
    kept = SequenceMatcher(None, there, here, autojunk=False).get_matching_blocks()
    return set(here) - {key for block in kept for key in here[block.b : block.b + block.size]}


def _of_part(part: str, place: Place, old: Any, new: Any, locales: Locales) -> Iterator[Difference]:
    title = title_of(new)
    if type(old) is not type(new):  # a key that now names another kind of part
        yield Difference(Kind.SET, part, place, title, ("kind",))
        return
    yield from _reworded(part, place, old, new, locales)
    if getattr(old, "right", None) != getattr(new, "right", None):
        yield Difference(Kind.REKEYED, part, place, title)
    for name in _plain(new):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Difference(Kind.SET, part, place, title, (name,), before=before, after=after)
    for name in _LISTS:
        if hasattr(new, name):
            yield from _of_list(_inner(part, name), getattr(old, name), getattr(new, name), locales, place)


def _inner(part: str, name: str) -> str:
    """The kind of part that a list holds."""
    named = {"blocks": "block", "nodes": "node", "choices": "choice", "options": "option", "categories": "category"}
    if part == "survey-item":
        return "survey-option"
    return named.get(name) or ("survey-item" if part == "step" else "option")


def _reworded(part: str, place: Place, old: Any, new: Any, locales: Locales) -> Iterator[Difference]:
    names = sorted(field.name for field in msgspec.structs.fields(new) if field.type == Words)
    changed = [
        (name, locale)
        for name in names
        for locale in locales
        if getattr(old, name).get(locale) != getattr(new, name).get(locale)
    ]
    if changed:
        texts, languages = zip(*changed, strict=True)
        yield Difference(
            Kind.REWORDED, part, place, title_of(new), tuple(dict.fromkeys(texts)), tuple(sorted(set(languages)))
        )


def _plain(value: Frozen) -> list[str]:
    """Columns that hold neither words nor parts. A right answer is told of its question; a picture's size is not."""
    words = {field.name for field in msgspec.structs.fields(value) if field.type in _PER_LOCALE}
    told = {"key", "section", "correct", "width", "height", *words, *_LISTS}
    return [field.name for field in msgspec.structs.fields(value) if field.name not in told]


def title_of(item: Frozen) -> Words:
    """What a part is called: the first of its texts that says so."""
    for name in ("title", "name", "heading", "stem", "prompt", "text", "html", "alt", "citation"):
        if words := getattr(item, name, None):
            return words
    return {}
