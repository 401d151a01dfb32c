"""Every row of a module's draft, also the archived ones, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from courses.columns import Values
from courses.models import Module
from courses.packages.entries import ORDER, Path
from courses.parts import Part, part_named


class Owner(NamedTuple):
    column: str
    part: str


# What a row is in; what stands in the module alone has none.
OWNERS = {
    "step": Owner("section", "section"),
    "block": Owner("step", "step"),
    "node": Owner("step", "step"),
    "question": Owner("block", "block"),
    "category": Owner("question", "question"),
    "option": Owner("question", "question"),
    "choice": Owner("node", "node"),
    "survey-item": Owner("step", "step"),
    "survey-option": Owner("item", "survey-item"),
}
LINKS = {
    "module": {"settings": "setting"},
    "step": {"settings": "setting", "sources": "source"},
    "block": {"sources": "source"},
    "question": {"settings": "setting", "sources": "source"},
}
# A link that must lead somewhere still does when the row it leads to is archived.
MUST_LEAD = {("question", "objective"), ("choice", "to")}
LEADS = {"objective": "objective", "to": "node", "category": "category"}


class Rows:
    """Rows by part, number and path; `links` holds the numbers of linked rows by (part, column) and row."""

    def __init__(self, module: Module | None) -> None:
        self.module = module
        names = (*ORDER, "setting", "term")
        self.by_number: dict[str, dict[int, Any]] = {name: {} for name in names}
        self.by_path: dict[str, dict[Path, Any]] = {name: {} for name in names}
        self.paths: dict[str, dict[int, Path]] = {name: {} for name in names}
        self.links: dict[tuple[str, str], dict[int, set[int]]] = {}

    @classmethod
    def of_module(cls, module: Module | None) -> "Rows":
        """With the settings of the site, which a module's rows are linked to."""
        rows = cls.of_site("setting")
        rows.module = module
        for name in ORDER if module else ():
            rows._read(part_named(name))
        return rows

    @classmethod
    def of_site(cls, name: str) -> "Rows":
        """Settings or glossary terms, which all modules share."""
        rows = cls(None)
        rows._read(part_named(name))
        return rows

    def _read(self, part: Part) -> None:
        found = [self.module] if part.name == "module" else part.rows(self.module).order_by(*part.order, "pk")
        for row in found:
            self.add(part.name, self._path(part.name, row), row)
        for column in LINKS.get(part.name, {}):
            self.links[part.name, column] = self._read_links(part, column)

    def add(self, name: str, path: Path, row: Any) -> None:
        self.by_number[name][row.pk], self.by_path[name][path], self.paths[name][row.pk] = row, row, path

    def _path(self, name: str, row: Any) -> Path:
        if name == "module":
            return ()
        owner = self.owner(name, row)
        if name == "step" or owner is None:
            return (row.key,)
        # The question inside a lesson goes by its block.
        return self.paths[OWNERS[name].part][owner.pk] + (() if name == "question" else (row.key,))

    def _read_links(self, part: Part, column: str) -> dict[int, set[int]]:
        """Both ends by number."""
        field = part.model._meta.get_field(column)
        here, there = field.m2m_column_name(), field.m2m_reverse_name()
        links = field.remote_field.through._base_manager.filter(**{f"{here}__in": part.rows(self.module).values("pk")})
        found: dict[int, set[int]] = defaultdict(set)
        for number, other in links.values_list(here, there):
            found[number].add(other)
        return found

    def owner(self, name: str, row: Any) -> Any:
        """The row that this one is in; None for one that stands in the module itself."""
        if name not in OWNERS:
            return None
        number = getattr(row, f"{OWNERS[name].column}_id")
        return self.by_number[OWNERS[name].part][number] if number is not None else None

    def is_live(self, name: str, row: Any) -> bool:
        """Part of the draft: neither itself archived nor anything that it is in."""
        owner = self.owner(name, row)
        return not row.archived and (owner is None or self.is_live(OWNERS[name].part, owner))

    def live(self, name: str) -> list[Any]:
        """In the order of the draft."""
        return [row for row in self.by_number[name].values() if self.is_live(name, row)]

    def value(self, name: str, row: Any, column: str) -> Any:
        """As in courses/columns.py, without a query; links to archived rows are left out."""
        if column in LINKS.get(name, {}):
            others = self.by_number[LINKS[name][column]]
            linked = [others[number] for number in self.links[name, column].get(row.pk, ())]
            return sorted(other.key for other in linked if not other.archived)
        if column in LEADS:
            number = getattr(row, f"{column}_id")
            other = self.by_number[LEADS[column]][number] if number is not None else None
            return other.key if other and (not other.archived or (name, column) in MUST_LEAD) else None
        value = getattr(row, column)
        if isinstance(value, list):
            return sorted(value)
        if isinstance(value, Decimal):
            return f"{value:.2f}"
        if isinstance(value, date):
            return value.isoformat()
        # A text that was never written is null in the table.
        return "" if value is None and column in part_named(name).columns else value

    def values(self, name: str, row: Any, columns: Iterable[str]) -> Values:
        return {column: self.value(name, row, column) for column in columns}
