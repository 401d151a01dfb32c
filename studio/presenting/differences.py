"""What changed between two editions, in plain words, under the steps it concerns."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.differences import Difference, Kind
from courses.document import Document
from studio.presenting.naming import Name
from studio.presenting.places import column_of, name_in
from studio.wording import COLUMNS, PARTS, in_languages

Context = dict[str, Any]

KINDS: dict[Kind, tuple[Promise, str]] = {
    Kind.ADDED: (pgettext_lazy("what changed", "Added"), "success"),
    Kind.REMOVED: (pgettext_lazy("what changed", "Taken out"), "error"),
    Kind.MOVED: (pgettext_lazy("what changed", "Moved"), "info"),
    Kind.REWORDED: (pgettext_lazy("what changed", "New words"), "info"),
    Kind.SET: (pgettext_lazy("what changed", "Changed"), "warning"),
    Kind.REKEYED: (pgettext_lazy("what changed", "Another right answer"), "error"),
}
_GROUPS: dict[str, Promise] = {
    "module": gettext_lazy("The module"),
    "setting": gettext_lazy("Professional settings"),
    "objective": gettext_lazy("Objectives"),
    "offer": gettext_lazy("Credit offers"),
    "section": gettext_lazy("Sections"),
    "question": gettext_lazy("Questions of the tests"),
    "source": gettext_lazy("Sources"),
}


# Of parts, what says enough as it stands.
_NUMBERS = ("minutes", "amount", "provider_number", "activity_number", "starts_on", "ends_on", "valid_months")


def in_words(found: Iterable[Difference], before: Document, after: Document) -> list[Context]:
    """Groups in the order of the edition: what holds for the whole module, each step, questions, sources."""
    groups = groupby(found, key=lambda item: _group_of(item, before, after))
    return [{"name": name, "rows": [_row(item) for item in items]} for name, items in groups]


def _group_of(item: Difference, before: Document, after: Document) -> Name:
    if item.part in _GROUPS:
        return Name(str(_GROUPS[item.part]))
    key = item.place[0]
    step = None if item.part == "option" and len(item.place) == 2 else after.step(key) or before.step(key)
    return name_in(step.title, key) if step else Name(str(_GROUPS["question"]))


def _row(item: Difference) -> Context:
    label, kind = KINDS[item.kind]
    return {
        "kind": kind,
        "label": label,
        "part": PARTS[item.part],
        "name": name_in(item.title, item.place[-1]) if item.place else None,
        "texts": _texts(item),
        "values": _values(item) if item.kind is Kind.SET else None,
    }


def _texts(item: Difference) -> str:
    """Which texts or columns, and in which languages."""
    names = ", ".join(str(COLUMNS.get(column_of(name), name)) for name in item.names)
    return in_languages(names, item.locales) if item.locales else names


def _values(item: Difference) -> Context | None:
    """Numbers and dates before and after; relations by keys would say little."""
    simple = not isinstance(item.before, tuple) and not isinstance(item.after, tuple)
    plain = item.part == "module" or item.names[0] in _NUMBERS
    return {"before": item.before, "after": item.after} if simple and plain else None
