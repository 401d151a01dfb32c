"""A draft on which every form of the studio stands: something archived, unused, not published, said to be unchanged."""

from typing import Any

from accounts.models import User
from courses.models import Module, Question, Step
from courses.parts import PARTS, TERM, part_of
from courses.services.copying import duplicate
from courses.services.structure import add, archive
from courses.services.translations import confirm_unchanged
from tests import factories
from tests.security.authoring.module import write
from tests.security.authoring.words import hostile

NAMELESS = 802


def half_do(module: Module, by: User) -> None:
    step = Step.objects.get(key="shared")
    write(step, module, by, title_en=hostile(NAMELESS, "en", 200))
    confirm_unchanged(row=Step.objects.get(key="shared"), field="title", module=module, by=by)
    _add("setting", None, by, "name")
    _add("source", module, by, "citation", checked_on=factories.DATES["released_on"].isoformat())
    for name, of, parent, column in [
        ("setting", None, None, "name"),
        (TERM.name, None, None, "name"),
        ("objective", module, None, "text"),
        ("section", module, None, "title"),
        ("node", module, Step.objects.get(key="clinic-case"), "body"),
    ]:
        _archive(_add(name, of, by, column, parent), of, by)
    _archive(duplicate(part="question", row=Question.objects.get(key="a1").pk, module=module, by=by), module, by)


def _add(name: str, of: Module | None, by: User, column: str, parent: Any = None, **values: Any) -> Any:
    part = TERM if name == TERM.name else PARTS[name]
    words = {f"{column}_{locale}": hostile(NAMELESS, locale, 120) for locale in ("en", "es")}
    return add(part=part, module=of, by=by, parent=parent, name=name, values=words | values)


def _archive(row: Any, of: Module | None, by: User) -> None:
    archive(part=part_of(row), row=row.pk, module=of, by=by)
