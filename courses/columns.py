"""What an author edits of a part, as plain values: relations by their keys, dates as ISO 8601, all of it JSON."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.db import models

from courses.freshness import tidy
from courses.models import Setting
from courses.parts import Part, module_of

Values = dict[str, Any]


def values_of(row: models.Model, part: Part) -> Values:
    return {name: value_of(row, name) for name in (*part.columns, *part.plain)}


def value_of(row: models.Model, name: str) -> Any:
    field = row._meta.get_field(name)
    if field.many_to_many:
        return sorted(other.key for other in getattr(row, name).all())
    value = getattr(row, name)
    if field.is_relation:
        return value.key if value else None
    if isinstance(field, models.DateField):
        return value.isoformat() if value else None
    if isinstance(field, models.DecimalField):
        return f"{value:.{field.decimal_places}f}" if value is not None else None
    return value if value is not None or field.null else ""


def stamp(row: models.Model, part: Part) -> str:
    """Changes with every edit of this part: an editor sends back the stamp of what it showed."""
    return sha256(json.dumps(values_of(row, part), sort_keys=True).encode()).hexdigest()[:16]


def put(row: models.Model, part: Part, values: Mapping[str, Any]) -> dict[str, list]:
    """Sets and saves what differs; each changed column with its value before and after. Raises DoesNotExist."""
    before = {name: value_of(row, name) for name in values}
    after = {name: tidy(value) if isinstance(value, str) else value for name, value in values.items()}
    changed = {name: [before[name], after[name]] for name in values if before[name] != after[name]}
    if changed:
        fill(row, {name: after[name] for name in changed})
    return changed


def fill(row: models.Model, values: Mapping[str, Any]) -> None:
    """Sets the values and saves the row, also one that is new: links between rows come after it has its number."""
    links = {name for name in values if row._meta.get_field(name).many_to_many}
    for name in values.keys() - links:
        setattr(row, name, _python(row, name, values[name]))
    row.save()
    for name in links:
        getattr(row, name).set(_named(row, name, values[name]))


def _python(row: models.Model, name: str, value: Any) -> Any:
    field = row._meta.get_field(name)
    if field.is_relation:
        return _candidates(row, field).get(key=value) if value else None
    return field.to_python(value)


def _named(row: models.Model, name: str, keys: list[str]) -> list:
    found = {other.key: other for other in _candidates(row, row._meta.get_field(name)).filter(key__in=keys)}
    return [found[key] for key in keys if key in found]


def _candidates(row: models.Model, field: models.Field) -> models.QuerySet:
    """Keys are unique within a module, a node's within its case, a category's within its question."""
    other = models.QuerySet(model=field.related_model)
    if field.related_model is Setting:
        return other
    if field.name == "to":
        return other.filter(step=row.node.step_id)
    if field.name == "category":
        return other.filter(question=row.question_id)
    return other.filter(module=module_of(row))
