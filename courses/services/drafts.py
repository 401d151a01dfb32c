"""What every edit of a draft shares: the lock, the history and the memory of translations."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db import models

from courses.choices import Act
from courses.columns import Values, put
from courses.errors import NotOfThisModule
from courses.models import Change, Module
from courses.parts import Part, part_of
from courses.services.history import append
from courses.services.translations import remember_writing

By = AbstractBaseUser | None


def lock(module: Module) -> Module:
    """Edits of one module wait for each other, and for its publishing, until their transactions end."""
    return Module.objects.select_for_update().get(pk=module.pk)


def lock_site_keys() -> None:
    """Whoever makes a module, a setting or a term waits for whoever else does: no two may find the same key free."""
    list(ContentType.objects.select_for_update(no_key=True).filter(app_label="courses", model="module"))


def find(part: Part, row: int, module: Module | None) -> Any:
    """The row, held until the transaction ends. Raises NotOfThisModule."""
    found = part.rows(module).filter(pk=row).select_for_update(of=("self",)).first()
    if found is None:
        raise NotOfThisModule
    return found


def record(
    *, row: models.Model, module: Module | None, act: Act, by: By, fields: Mapping[str, Any] | None = None
) -> Change:
    """Appends to the history, and remembers which translations the change made."""
    fields = fields or {}
    remember_writing(part=part_of(row), row=row, module=module, fields=fields, by=by)
    return append(row=row, module=module, act=act, fields=fields, by=by)


def write(
    *, row: models.Model, module: Module | None, values: Mapping[str, Any], by: By, act: Act = Act.EDITED
) -> None:
    """What differs of the values (courses/columns.py), with its history; the same values again change nothing."""
    if changed := put(row, part_of(row), values):
        record(row=row, module=module, act=act, by=by, fields=changed)


def created(values: Values) -> dict[str, list]:
    """The fields of a change that made a row."""
    return {name: [None, value] for name, value in values.items() if value not in ("", None, [], False)}
