"""What a part is shown with: what it may refer to, the memory of its translations, and what its reader may write."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from django.db.models import Model, Q

from accounts.permissions import May, Rights
from courses.choices import LOCALES
from courses.freshness import Record
from courses.models import CaseNode, Category, Module, Setting, Translation
from courses.parts import part_of
from courses.texts import Address

Choices = list[tuple[str, str]]


class Surroundings:
    """Made once a page with all the rows that are edited on it; what it needs of the database it reads once.

    `paper` is the one that an offer is written beside: one of certificates.choices.PAPERS, empty on any other page.
    """

    def __init__(self, module: Module | None, rights: Rights, rows: Iterable[Model], paper: str = "") -> None:
        self.module, self.rights, self.rows, self.paper = module, rights, list(rows), paper
        self.may_shape = rights.may(May.EDIT_DRAFTS)
        self.locales = [locale for locale in LOCALES if rights.may_write(locale)]

    @cached_property
    def memory(self) -> dict[Address, Translation]:
        rows: dict[str, list[int]] = defaultdict(list)
        for row in self.rows:
            rows[part_of(row).name].append(row.pk)
        wanted = Q(pk=None)
        for part, keys in rows.items():
            wanted |= Q(part=part, row__in=keys)
        return {(memory.part, memory.row, memory.field): memory for memory in Translation.objects.filter(wanted)}

    def record(self, address: Address) -> Record | None:
        memory = self.memory.get(address)
        return Record(memory.source, memory.source_digest, memory.reviewed_digest) if memory else None

    def source_of(self, part: str, row: int, fields: Iterable[str]) -> str:
        """The language a part is translated from: as its author said, else the module's."""
        said = (self.memory.get((part, row, field)) for field in fields)
        return next((memory.source for memory in said if memory), self.source_locale)

    @property
    def source_locale(self) -> str:
        return self.module.source_locale if self.module else "en"

    @cached_property
    def settings(self) -> list[Setting]:
        return list(self.module.settings.all()) if self.module else []

    @cached_property
    def all_settings(self) -> list[Setting]:
        return list(Setting.objects.all())

    @cached_property
    def objectives(self) -> list[Model]:
        return list(self.module.objectives.all()) if self.module else []

    @cached_property
    def sources(self) -> list[Model]:
        return list(self.module.sources.all()) if self.module else []

    @cached_property
    def nodes(self) -> dict[int, list[CaseNode]]:
        """The nodes of each case on the page, by step."""
        steps = {row.pk for row in self.rows if part_of(row).name == "step"}
        steps |= {row.step_id for row in self.rows if isinstance(row, CaseNode)}
        steps |= {row.node.step_id for row in self.rows if part_of(row).name == "choice"}
        return _grouped(CaseNode.objects.filter(step__in=steps), "step_id")

    @cached_property
    def categories(self) -> dict[int, list[Category]]:
        """The categories of each sort on the page, by question."""
        questions = {row.question_id for row in self.rows if part_of(row).name in ("option", "category")}
        return _grouped(Category.objects.filter(question__in=questions), "question_id")


def _grouped(rows: Iterable[Model], by: str) -> dict[int, list]:
    groups: dict[int, list] = defaultdict(list)
    for row in rows:
        groups[getattr(row, by)].append(row)
    return groups
