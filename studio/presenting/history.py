"""Changes of a draft in words, with what they changed marked word by word."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.choices import Act
from courses.models import Change, Module
from courses.parts import part_named
from studio.links import url_of
from studio.wording import ACTS, LANGUAGES, PARTS, column_name, language_of, word_diff

Context = dict[str, Any]


def shown(change: Change, module: Module | None) -> Context:
    place = tuple(filter(None, change.place.split("/")))
    return {
        "pk": change.pk,
        "who": change.by.email if change.by else _("A command on the server"),
        "at": change.at,
        "part": PARTS[change.part],
        "place": " › ".join(place),
        "act": ACTS[change.act],
        "url": url_of(module, change.part, change.row, place),
        "history_url": history_url(module, change),
        "columns": [_column(change, name, values) for name, values in change.fields.items()],
        "can_be_taken_back": change.act in (Act.EDITED, Act.IMPORTED) and bool(_editable(change)),
        "is_unchanged": change.act == Act.UNCHANGED,
    }


def history_url(module: Module | None, change: Change) -> str:
    if module is None:
        return reverse("studio:shared-history", args=[change.part, change.row])
    return reverse("studio:part-history", args=[module.key, change.part, change.row])


def _editable(change: Change) -> set[str]:
    part = part_named(change.part)
    return {*part.columns, *part.plain} & change.fields.keys()


def _column(change: Change, name: str, values: Sequence[Any]) -> Context:
    old, new = (in_words(value) for value in values)
    if change.act == Act.REVIEWED:
        old = new = ""
    return {"name": column_name(name), "lang": language_of(name), "runs": word_diff(old, new)}


def in_words(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(LANGUAGES.get(value, value))
