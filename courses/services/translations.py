"""The memory of translations: from which words each was made, who says it still fits, who reviewed it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction

from courses.choices import Act
from courses.errors import DraftError
from courses.freshness import digest_of, pair_digest
from courses.models import Change, Module, Translation
from courses.parts import Part, part_of
from courses.services.history import append
from support.languages import OTHER

By = AbstractBaseUser | None


class NothingToSay(DraftError):
    """Raised when a text that is missing, or not stale, is said to be unchanged or reviewed."""


class Writing(NamedTuple):
    """`fields` maps each changed column of a row to its value before and after."""

    part: Part
    row: models.Model
    fields: Mapping[str, list]


def remember_writing(
    *, part: Part, row: models.Model, module: Module | None, fields: Mapping[str, list], by: By
) -> None:
    """After an edit.

    Whoever writes the translation has made it from the source as it now stands. Whoever writes the source alone leaves
    the translation as old as it was.
    """
    remember_writings(writings=[Writing(part, row, fields)], module=module, by=by)


def remember_writings(*, writings: Sequence[Writing], module: Module | None, by: By) -> None:
    """After many edits at once: two queries."""
    changes = [
        (part, row, field, changed)
        for part, row, fields in writings
        for field in part.words
        if (changed := {locale: fields[f"{field}_{locale}"] for locale in OTHER if f"{field}_{locale}" in fields})
    ]
    if not changes:
        return
    rows = {row.pk for _part, row, _field, _changed in changes}
    known = {(memory.part, memory.row, memory.field): memory for memory in Translation.objects.filter(row__in=rows)}
    touched = []
    for part, row, field, changed in changes:
        memory = known.get((part.name, row.pk, field)) or _first_memory(part, row, field, module)
        if _remember(memory, row, changed):
            memory.by = by
            touched.append(memory)
    keep_memories(touched)


def _remember(memory: Translation, row: models.Model, changed: Mapping[str, list]) -> bool:
    source, target = memory.source, OTHER[memory.source]
    if target in changed:
        text = getattr(row, f"{memory.field}_{source}") or ""
    elif memory.pk is None and getattr(row, f"{memory.field}_{target}"):
        text = changed[source][0] or ""
    else:
        return False
    memory.made_from, memory.source_digest = text, digest_of(text)
    return True


def keep_memories(memories: Sequence[Translation]) -> None:
    """Saves new ones and known ones in one query."""
    if memories:
        Translation.objects.bulk_create(
            memories,
            update_conflicts=True,
            unique_fields=["part", "row", "field"],
            update_fields=["source", "made_from", "source_digest", "reviewed_digest", "by", "at"],
        )


def _memory(part: Part, row: models.Model, field: str, module: Module | None) -> Translation:
    found = Translation.objects.filter(part=part.name, row=row.pk, field=field).first()
    return found or _first_memory(part, row, field, module)


def _first_memory(part: Part, row: models.Model, field: str, module: Module | None) -> Translation:
    source = module.source_locale if module else "en"
    return Translation(module=module, part=part.name, row=row.pk, field=field, source=source)


def _made_from(memory: Translation, text: str, by: By) -> None:
    memory.made_from, memory.source_digest, memory.by = text, digest_of(text), by
    memory.save()


@transaction.atomic
def confirm_unchanged(*, row: models.Model, field: str, module: Module | None, by: AbstractBaseUser) -> Change:
    """Says that a source text changed without changing its meaning. Raises NothingToSay.

    A review of the former pair holds for the new one: neither the meaning nor the translation changed.
    """
    memory, source, target = _pair(row, field, module)
    if not target or memory.pk is None or memory.source_digest == digest_of(source):
        raise NothingToSay
    before = memory.made_from
    if memory.reviewed_digest == pair_digest(before, target):
        memory.reviewed_digest = pair_digest(source, target)
    _made_from(memory, source, by)
    return append(row=row, module=module, act=Act.UNCHANGED, fields={field: [before, source]}, by=by)


@transaction.atomic
def undo_unchanged(*, change: Change, row: models.Model, by: AbstractBaseUser) -> None:
    """Takes a "meaning unchanged" back: the translation is again as old as it was. Raises NothingToSay."""
    if change.act != Act.UNCHANGED:
        raise NothingToSay
    [(field, (before, after))] = change.fields.items()
    memory, _source, _target = _pair(row, field, change.module)
    if memory.made_from != after:
        raise NothingToSay
    memory.reviewed_digest = ""
    _made_from(memory, before, by)
    append(row=row, module=change.module, act=Act.UNCHANGED, fields={field: [after, before]}, by=by)


@transaction.atomic
def approve(*, row: models.Model, field: str, module: Module | None, by: AbstractBaseUser) -> Change:
    """Says that somebody has compared the two texts as they stand. Raises NothingToSay for one missing or stale."""
    memory, source, target = _pair(row, field, module)
    if memory.pk is None and source and target:
        _made_from(memory, source, by)
    if not target or memory.source_digest != digest_of(source):
        raise NothingToSay
    memory.reviewed_digest, memory.by = pair_digest(source, target), by
    memory.save()
    return append(row=row, module=module, act=Act.REVIEWED, fields={field: [None, memory.source]}, by=by)


@transaction.atomic
def set_source(*, row: models.Model, locale: str, module: Module | None, by: AbstractBaseUser) -> None:
    """Makes `locale` the language that the row's texts are translated from, the other way round than before.

    A translation that was fresh stays so; one that was stale makes its former source the one that lags behind.
    """
    part = part_of(row)
    for field in part.words:
        memory, source, target = _pair(row, field, module)
        if memory.source == locale:
            continue
        reviewed = memory.reviewed_digest == pair_digest(source, target)
        fresh = memory.pk is None or memory.source_digest == digest_of(source)
        memory.source = locale
        memory.reviewed_digest = pair_digest(target, source) if reviewed else ""
        _made_from(memory, target if fresh else "", by)
    append(row=row, module=module, act=Act.SOURCE, fields={"source": [OTHER[locale], locale]}, by=by)


def target_of(*, row: models.Model, field: str, module: Module | None) -> str:
    """The language that a text is translated into."""
    return OTHER[_memory(part_of(row), row, field, module).source]


def _pair(row: models.Model, field: str, module: Module | None) -> tuple[Translation, str, str]:
    memory = _memory(part_of(row), row, field, module)
    source, target = (getattr(row, f"{field}_{locale}") or "" for locale in (memory.source, OTHER[memory.source]))
    return memory, source, target
