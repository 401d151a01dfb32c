"""Which professional settings see which steps."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from courses.models import Module
from courses.parts import PARTS
from courses.services.editing import edit


class Wanted(NamedTuple):
    """The settings a step shall be for, none for everyone, and the stamp of what the author was shown."""

    settings: Sequence[str]
    base: str


@transaction.atomic
def assign_settings(*, module: Module, wanted: Mapping[int, Wanted], by: AbstractBaseUser) -> None:
    """By the number of the step's row; all of it or nothing. Raises Conflict, NotOfThisModule."""
    for row, wish in sorted(wanted.items()):
        edit(
            part=PARTS["step"],
            row=row,
            module=module,
            values={"settings": sorted(wish.settings)},
            base=wish.base,
            by=by,
        )
