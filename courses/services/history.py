"""The history of a draft: one change after another, none ever rewritten."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from courses.choices import Act
from courses.models import Change, Module
from courses.parts import part_of, place_of


def append(
    *, row: models.Model, module: Module | None, act: Act, fields: Mapping[str, Any], by: AbstractBaseUser | None
) -> Change:
    return Change.objects.create(
        module=module,
        part=part_of(row).name,
        row=row.pk,
        place="/".join(place_of(row)),
        act=act,
        fields=dict(fields),
        by=by,
    )
