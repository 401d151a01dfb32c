"""Rows of a plain list with their forms, and where each may move."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.permissions import Rights
from courses.models import Module
from courses.parts import Part
from studio.forms.lists import NAMES, NewEntry
from studio.forms.parts import form_for
from studio.links import anchor_of, history_url
from studio.presenting.columns import name_of
from studio.presenting.surroundings import Surroundings

Context = dict[str, Any]


def listed(part: Part, module: Module | None, rights: Rights) -> Context:
    text = NAMES[part.name]
    rows = list(_ordered(part.rows(module)))
    live = [row for row in rows if not row.archived]
    around = Surroundings(module, rights, live)
    return {
        "new": NewEntry(part),
        "add_url": _address("add", module, part.name),
        "items": [
            {**_item(part, row, module, text, place, len(live)), "form": form_for(part, row, around)}
            for place, row in enumerate(live, start=1)
        ],
        "archived": [_item(part, row, module, text, 0, 0) for row in rows if row.archived],
    }


def _ordered(rows: QuerySet) -> Sequence[Any]:
    return rows.order_by("position", "id").distinct()


def _item(part: Part, row: Any, module: Module | None, text: str, place: int, last: int) -> Context:
    return {
        "anchor": anchor_of(part.name, row.pk),
        "name": name_of(row, text),
        "above": place - 1,
        "below": place + 1 if place < last else 0,
        "move_url": _address("move", module, part.name, row.pk),
        "archive_url": _address("archive", module, part.name, row.pk),
        "restore_url": _address("restore", module, part.name, row.pk),
        "history_url": history_url(module, part.name, row.pk),
        "paper_url": reverse("studio:offer-paper", args=[module.key, row.key]) if part.name == "offer" else "",
    }


def _address(verb: str, module: Module | None, *arguments: Any) -> str:
    if module is None:
        return reverse(f"studio:shared-{verb}", args=arguments)
    return reverse(f"studio:list-{verb}", args=[module.key, *arguments])
