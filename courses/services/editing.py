"""Writing the words and columns of one part of a draft, and taking earlier ones back."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from courses.columns import stamp
from courses.errors import Conflict
from courses.models import Change, Module
from courses.parts import Part, part_named
from courses.services.drafts import find, lock, write


@transaction.atomic
def edit(
    *, part: Part, row: int, module: Module | None, values: Mapping[str, Any], base: str, by: AbstractBaseUser
) -> Any:
    """Column → value, relations by key (courses/columns.py). `base` is the stamp of what the editor was shown.

    Returns the row; the same values again change nothing. Raises Conflict, NotOfThisModule.
    """
    if module:
        lock(module)
    found = find(part, row, module)
    if stamp(found, part) != base:
        raise Conflict(found)
    write(row=found, module=module, values=values, by=by)
    return found


@transaction.atomic
def restore_words(*, change: Change, by: AbstractBaseUser) -> Any:
    """Puts back what stood there before a change; itself a change, so that it can be taken back in turn."""
    part = part_named(change.part)
    if change.module:
        lock(change.module)
    found = find(part, change.row, change.module)
    editable = {*part.columns, *part.plain}
    before = {name: _as_it_was(part, name, old) for name, (old, _new) in change.fields.items() if name in editable}
    write(row=found, module=change.module, values=before, by=by)
    return found


def _as_it_was(part: Part, name: str, value: Any) -> Any:
    """A text that was not there yet is an empty one."""
    return "" if value is None and name in part.columns else value
