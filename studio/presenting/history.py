"""Changes of a draft in words, with what they changed marked word by word."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from courses.choices import Act
from courses.models import Change, Module
from courses.parts import part_named
from studio.links import history_url, url_of
from studio.wording import ACTS, PARTS, column_diff, place_in_words

Context = dict[str, Any]


def shown(change: Change, module: Module | None) -> Context:
    place = tuple(filter(None, change.place.split("/")))
    return {
        "pk": change.pk,
        "who": change.by.email if change.by else _("A command on the server"),
        "at": change.at,
        "part": PARTS[change.part],
        "place": place_in_words(place),
        "act": ACTS[change.act],
        "url": url_of(module, change.part, change.row, place),
        "history_url": history_url(module, change.part, change.row),
        "columns": [_column(change, name, values) for name, values in change.fields.items()],
        "can_be_taken_back": change.act in (Act.EDITED, Act.IMPORTED) and bool(_editable(change)),
        "is_unchanged": change.act == Act.UNCHANGED,
    }


def _editable(change: Change) -> set[str]:
    part = part_named(change.part)
    return {*part.columns, *part.plain} & change.fields.keys()


def _column(change: Change, name: str, values: Sequence[Any]) -> Context:
    return column_diff(name, ("", "") if change.act == Act.REVIEWED else values)
