"""Freshness that travels with a package: what is remembered of translations beyond what their words show."""

from collections.abc import Iterator, Sequence

from courses.freshness import digest_of, pair_digest
from courses.models import Module, Translation
from courses.packages import schema
from courses.packages.rows import Rows
from courses.parts import PARTS
from support.languages import OTHER

DIGITS = 16
# Shared by all modules, and no part of a package.
_OF_THE_SITE = "setting"


def translations_of_package(rows: Rows) -> list[schema.Translation]:
    """Stale or reviewed texts, and those translated the other way round than the module."""
    memories = Translation.objects.filter(module=rows.module)
    return [found for memory in memories if (found := _exported(memory, rows)) is not None]


def _exported(memory: Translation, rows: Rows) -> schema.Translation | None:
    row = rows.by_number.get(memory.part, {}).get(memory.row)
    if row is None or memory.part == _OF_THE_SITE or (memory.part != "module" and not rows.is_live(memory.part, row)):
        return None
    source, target = _pair(row, memory.field, memory.source)
    if not (source and target):
        return None
    stale = memory.source_digest != digest_of(source)
    made_from = memory.made_from if stale else source
    pair = pair_digest(made_from, target)
    reviewed = memory.reviewed_digest == pair
    other_way = memory.source != rows.module.source_locale
    if not (stale or reviewed or other_way):
        return None
    return schema.Translation(
        text="/".join((memory.part, *rows.paths[memory.part][memory.row], memory.field)),
        source=memory.source if other_way else None,
        made_from=memory.made_from if stale else None,
        reviewed=reviewed,
        pair=pair[:DIGITS],
    )


def imported(translations: Sequence[schema.Translation], rows: Rows, module: Module) -> Iterator[Translation]:
    """What the package remembers of the texts as they now stand, unsaved; only what differs from what is known."""
    known = {(memory.part, memory.row, memory.field): memory for memory in Translation.objects.filter(module=module)}
    for said in translations:
        part, *keys, field = said.text.split("/") if "/" in said.text else ("", "")
        row = rows.by_path.get(part, {}).get(tuple(keys))
        if row is None or part == _OF_THE_SITE or field not in PARTS[part].words:
            continue
        source_locale = said.source or module.source_locale
        source, target = _pair(row, field, source_locale)
        made_from = source if said.made_from is None else said.made_from
        pair = pair_digest(made_from, target)
        if pair[:DIGITS] != said.pair:  # somebody has written one of the two since
            continue
        memory = known.get((part, row.pk, field)) or Translation(module=module, part=part, row=row.pk, field=field)
        before = (memory.source, memory.source_digest, memory.reviewed_digest)
        memory.source, memory.made_from, memory.source_digest = source_locale, made_from, digest_of(made_from)
        memory.reviewed_digest = pair if said.reviewed else ""
        if before != (memory.source, memory.source_digest, memory.reviewed_digest):
            yield memory


def _pair(row: object, field: str, source: str) -> tuple[str, str]:
    return tuple(getattr(row, f"{field}_{locale}") or "" for locale in (source, OTHER[source]))
