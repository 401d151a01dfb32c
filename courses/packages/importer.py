"""Makes the rows of a draft say exactly what a package says; running it again changes nothing.

A row that the package no longer names is archived, and restored when it comes back: its key keeps its meaning.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import models

from courses.choices import StepKind
from courses.columns import Values
from courses.packages.entries import Entry, Path
from courses.packages.ordering import Order, order_of
from courses.packages.rows import LEADS, LINKS, OWNERS, Rows
from courses.parts import part_named

_EMPTY = ("", None, [], False)


class Written(NamedTuple):
    """What was done to one row, as history tells it: column → value before and after; None before a row was made."""

    part: str
    path: Path
    row: Any
    fields: dict[str, list]
    is_new: bool = False


class Importer:
    """`entries` are all there should be of `parts`, in the order in which rows can be made."""

    def __init__(self, rows: Rows, parts: Sequence[str], entries: Sequence[Entry]) -> None:
        self.rows, self.parts = rows, parts
        self.entries: dict[str, list[Entry]] = {name: [] for name in parts}
        for entry in entries:
            self.entries[entry.part].append(entry)
        self.named = {name: {entry.path for entry in chosen} for name, chosen in self.entries.items()}
        self.written: list[Written] = []

    def run(self) -> list[Written]:
        # A module has one survey and one test a stage: what goes makes room before what comes.
        for name in reversed(self.parts):
            self._archive(name)
        self._unseat()
        for name in self.parts:
            known = self.rows.by_path[name]
            order = order_of(self.entries[name], self.rows)
            new = [entry for entry in self.entries[name] if entry.path not in known]
            for entry in self.entries[name]:
                if entry.path in known:
                    self._change(entry, order)
            self._make(name, new, order.positions)
        return self.written

    def _archive(self, name: str) -> None:
        for path, row in self.rows.by_path[name].items():
            if name != "module" and path not in self.named[name] and not row.archived and self._goes(name, row):
                row.archived = True
                row.save()
                self.written.append(Written(name, path, row, {"archived": [False, True]}))

    def _goes(self, name: str, row: Any) -> bool:
        """What is in something that goes, goes with it and comes back with it."""
        owner = self.rows.owner(name, row)
        if owner is None:
            return True
        if name == "step":
            return not owner.archived or row.kind in (StepKind.TEST, StepKind.SURVEY)
        part = OWNERS[name].part
        return self.rows.paths[part][owner.pk] in self.named[part]

    def _unseat(self) -> None:
        """Tests that trade places: each lets go of its stage until it is written anew."""
        known = self.rows.by_path.get("step", {})
        trading = [
            known[entry.path].pk
            for entry in self.entries.get("step", [])
            if entry.path in known and known[entry.path].stage != entry.fixed["stage"]
        ]
        if trading:
            models.QuerySet(model=part_named("step").model).filter(pk__in=trading).update(archived=True)

    def _change(self, entry: Entry, order: Order) -> None:
        row = self.rows.by_path[entry.part][entry.path]
        before = self.rows.values(entry.part, row, entry.values)
        changed = {name: value for name, value in entry.values.items() if value != before[name]}
        fields = {name: [before[name], value] for name, value in changed.items()}
        fixed = {name: value for name, value in entry.fixed.items() if getattr(row, name) != value}
        fields |= {name: [getattr(row, name), value] for name, value in fixed.items()}
        moved = self._move(entry, row, order)
        if entry.part != "module" and row.archived != entry.archived:
            fields["archived"] = [row.archived, entry.archived]
            row.archived = entry.archived
        elif moved and entry.path not in order.unmoved:
            fields["position"] = moved
        if fields or moved:
            self._fill(row, entry, changed | fixed)
            row.save()
            self._link([(row, entry, changed)])
        if fields:
            self.written.append(Written(entry.part, entry.path, row, fields))

    def _move(self, entry: Entry, row: Any, order: Order) -> list[list] | None:
        """Container and position before and after; None where neither changes."""
        if entry.path not in order.positions:
            return None
        before = [self._container(entry.part, row), row.position]
        row.position = order.positions[entry.path]
        for column, number in self._owners(entry).items():
            setattr(row, column, number)
        after = [self._container(entry.part, row), row.position]
        return [before, after] if after != before else None

    def _container(self, name: str, row: Any) -> str:
        owner = self.rows.owner(name, row)
        return owner.key if owner else getattr(self.rows.module, "key", "")

    def _make(self, name: str, entries: list[Entry], positions: dict[Path, int]) -> None:
        model = part_named(name).model
        rows = []
        for entry in entries:
            row = model(**self._birth(entry, positions))
            self._fill(row, entry, entry.values)
            rows.append(row)
        if rows:
            models.QuerySet(model=model).bulk_create(rows)
        for entry, row in zip(entries, rows, strict=True):
            self.rows.add(name, entry.path, row)
            fields = {column: [None, value] for column, value in entry.values.items() if value not in _EMPTY}
            self.written.append(Written(name, entry.path, row, fields, is_new=True))
        if name == "module" and rows:
            [self.rows.module] = rows
        self._link([(row, entry, entry.values) for entry, row in zip(entries, rows, strict=True)])

    def _birth(self, entry: Entry, positions: dict[Path, int]) -> Values:
        if entry.part == "module":
            return entry.fixed
        names = {field.name for field in part_named(entry.part).model._meta.fields}
        module = {"module": self.rows.module} if "module" in names else {}
        place = {"position": positions.get(entry.path, 0), "archived": entry.archived}
        return {"key": entry.path[-1]} | module | place | self._owners(entry) | entry.fixed

    def _owners(self, entry: Entry) -> dict[str, int]:
        return {
            f"{column}_id": self.rows.by_path[OWNERS[entry.part].part][path].pk for column, path in entry.owners.items()
        }

    def _fill(self, row: Any, entry: Entry, values: Values) -> None:
        for name, value in values.items():
            if name in LEADS:
                path = self._path_led_to(entry, name, value)
                setattr(row, f"{name}_id", self.rows.by_path[LEADS[name]][path].pk if value else None)
            elif name not in LINKS.get(entry.part, {}):
                setattr(row, name, row._meta.get_field(name).to_python(value))

    def _path_led_to(self, entry: Entry, name: str, key: str) -> Path:
        """A node is named within its case, a heading within its sort, an objective within the module."""
        match name:
            case "to":
                return (entry.path[0], key)
            case "category":
                return (*entry.owners["question"], key)
        return (key,)

    def _link(self, wanted: list[tuple[Any, Entry, Values]]) -> None:
        """Links to archived rows stay, and come back with them."""
        for part in {entry.part for _row, entry, _values in wanted}:
            for name, other in LINKS.get(part, {}).items():
                field = part_named(part).model._meta.get_field(name)
                rows = [(row, values) for row, entry, values in wanted if entry.part == part and name in values]
                self._link_column(field, other, part, rows)

    def _link_column(self, field: Any, other: str, part: str, wanted: list[tuple[Any, Values]]) -> None:
        here, there = field.m2m_column_name(), field.m2m_reverse_name()
        through = field.remote_field.through
        linked = self.rows.links.setdefault((part, field.name), defaultdict(set))
        new = []
        for row, values in wanted:
            numbers = {self.rows.by_path[other][(key,)].pk for key in values[field.name]}
            live = {number for number in linked[row.pk] if not self.rows.by_number[other][number].archived}
            if live - numbers:
                through._base_manager.filter(**{here: row.pk, f"{there}__in": live - numbers}).delete()
            new += [through(**{here: row.pk, there: number}) for number in sorted(numbers - linked[row.pk])]
            linked[row.pk] = (linked[row.pk] - live) | numbers
        if new:
            through._base_manager.bulk_create(new)
