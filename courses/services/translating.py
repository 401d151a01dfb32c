"""The translation desk: words and judgements about one text, as its reader saw it."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from courses.columns import stamp
from courses.errors import Conflict
from courses.freshness import pair_digest
from courses.models import Module
from courses.parts import Part, module_of
from courses.services.drafts import find, lock
from courses.services.editing import edit
from courses.services.translations import approve, confirm_unchanged


@transaction.atomic
def translate(
    *, part: Part, row: int, field: str, locale: str, words: str, module: Module, seen: str, by: AbstractBaseUser
) -> None:
    """Writes a text in one language. `seen` is the digest of the two texts shown (`seen_digest`): other fields of the
    same row may have changed meanwhile. Raises Conflict, NotOfThisModule.
    """
    found = _as_seen(part, row, field, module, seen)
    values = {f"{field}_{locale}": words}
    edit(part=part, row=row, module=module_of(found), values=values, base=stamp(found, part), by=by)


@transaction.atomic
def say_unchanged(*, part: Part, row: int, field: str, module: Module, seen: str, by: AbstractBaseUser) -> None:
    """Raises Conflict, NotOfThisModule, NothingToSay."""
    found = _as_seen(part, row, field, module, seen)
    confirm_unchanged(row=found, field=field, module=module_of(found), by=by)


@transaction.atomic
def say_reviewed(*, part: Part, row: int, field: str, module: Module, seen: str, by: AbstractBaseUser) -> None:
    """Raises Conflict, NotOfThisModule, NothingToSay."""
    found = _as_seen(part, row, field, module, seen)
    approve(row=found, field=field, module=module_of(found), by=by)


def seen_digest(words: dict[str, str]) -> str:
    return pair_digest(words["en"], words["es"])


def _as_seen(part: Part, row: int, field: str, module: Module, seen: str) -> Any:
    lock(module)
    found = find(part, row, module)
    if seen_digest({locale: getattr(found, f"{field}_{locale}") or "" for locale in ("en", "es")}) != seen:
        raise Conflict(found)
    return found
