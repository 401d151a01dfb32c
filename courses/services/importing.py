"""Taking packages over into drafts, with their history and the memory of their translations."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet

from courses.choices import Act
from courses.errors import Conflict
from courses.files import keep
from courses.models import Change, Module, Setting
from courses.packages import schema
from courses.packages.entries import ORDER, Entry, entries_of, setting_entries, stored_name, term_entries
from courses.packages.importer import Importer, Written
from courses.packages.memories import imported
from courses.packages.package import Package
from courses.packages.rows import Rows
from courses.parts import part_named
from courses.services.drafts import lock, lock_site_keys
from courses.services.translations import Writing, keep_memories, remember_writings

By = AbstractBaseUser | None


class Imported(NamedTuple):
    module: Module
    written: list[Written]


@transaction.atomic
def import_package(*, package: Package, by: By, base: int | None = None, keep_files: bool = True) -> Imported:
    """`base` is the number of the draft's last change (`last_change`) that somebody was shown. Raises Conflict."""
    module = _locked(package)
    if base is not None and base != last_change(module):
        raise Conflict(module)
    if keep_files:
        _keep_files(package.pictures)
    return _write(package, module, by)


def foresee_import(*, package: Package, by: By) -> tuple[list[Written], int]:
    """What importing would do to each row, and the number of the draft's last change. Nothing is kept."""
    with transaction.atomic():
        module = _locked(package)
        base = last_change(module)
        written = _write(package, module, by).written
        transaction.set_rollback(True)
    return written, base


def _locked(package: Package) -> Module | None:
    lock_site_keys()
    module = Module.objects.filter(key=package.module.key).first()
    return lock(module) if module else None


def last_change(module: Module | None) -> int:
    """Every edit of a draft adds a change; 0 for one that has none."""
    newest = Change.objects.filter(module=module).order_by("-id").first() if module else None
    return newest.pk if newest else 0


def is_edited(key: str) -> bool:
    """Has somebody edited this draft since a command on the server last took it over?"""
    return _edited(Change.objects.filter(module__key=key))


def is_edited_on_site(name: str) -> bool:
    """The same of the `settings` or the `glossary`."""
    return _edited(Change.objects.filter(module=None, part={"settings": "setting", "glossary": "term"}[name]))


def _edited(changes: QuerySet[Change]) -> bool:
    """Only commands change drafts in nobody's name."""
    taken_over = changes.filter(by=None).order_by("-id").values_list("id", flat=True).first()
    return changes.filter(by__isnull=False, id__gt=taken_over or 0).exists()


def stored_settings() -> set[str]:
    return set(Setting.live.values_list("key", flat=True))


@transaction.atomic
def import_settings(*, file: schema.SettingsFile, by: By) -> None:
    _write_shared("setting", setting_entries(file), by)


@transaction.atomic
def import_glossary(*, file: schema.GlossaryFile, by: By) -> None:
    _write_shared("term", term_entries(file), by)


def _write(package: Package, module: Module | None, by: By) -> Imported:
    rows = Rows.of_module(module)
    written = Importer(rows, ORDER, entries_of(package)).run()
    _remember(written, rows.module, by)
    memories = [*imported(package.translations, rows, rows.module)]
    for memory in memories:
        memory.by = by
    keep_memories(memories)
    return Imported(rows.module, written)


def _write_shared(part: str, entries: list[Entry], by: By) -> None:
    _remember(Importer(Rows.of_site(part), [part], entries).run(), None, by)


def _remember(written: Sequence[Written], module: Module | None, by: By) -> None:
    """A new row needs no memory: without one, its texts are a pair written together."""
    changed = [Writing(part_named(item.part), item.row, item.fields) for item in written if not item.is_new]
    remember_writings(writings=changed, module=module, by=by)
    Change.objects.bulk_create(change for item in written for change in _changes(item, module, by))


def _changes(item: Written, module: Module | None, by: By) -> Iterator[Change]:
    """One for each thing that was done to a row, as if somebody had done it in the studio."""
    place = "/".join(item.path)
    fields = dict(item.fields)
    archived, position = fields.pop("archived", None), fields.pop("position", None)
    acts: list[tuple[Act, dict]] = []
    if archived:
        acts.append((Act.ARCHIVED if archived[1] else Act.RESTORED, {}))
    if position:
        acts.append((Act.MOVED, {"position": position}))
    if item.is_new or fields:
        acts.append((Act.CREATED if item.is_new else Act.IMPORTED, fields))
    for act, changed in acts:
        yield Change(module=module, part=item.part, row=item.row.pk, place=place, act=act, fields=changed, by=by)


def _keep_files(pictures: Mapping[str, bytes]) -> None:
    for name, data in pictures.items():
        folder, _slash, file = stored_name(name, data).partition("/")
        keep(folder, f".{file.rpartition('.')[2]}", data)
