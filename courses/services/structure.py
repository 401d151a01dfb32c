"""Adding, moving, archiving and restoring the parts of a draft. A key, once used, is never used again."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction
from django.db.models import Max
from django.utils.text import slugify

from courses.choices import Act, BlockKind, StepKind
from courses.columns import fill, values_of
from courses.errors import InUse, OneIsEnough
from courses.keys import exercise_key
from courses.models import Block, CaseNode, Module, Objective, Question, Section, Setting, Step
from courses.parts import PARTS, Part, place_of
from courses.services.drafts import created, find, lock, lock_site_keys, record

By = AbstractBaseUser | None
LONGEST_KEY = 60


@transaction.atomic
def add(
    *,
    part: Part,
    module: Module | None,
    by: By,
    parent: models.Model | None = None,
    name: str = "",
    values: Mapping[str, Any] | None = None,
    **fixed: Any,
) -> Any:
    """A new row at the end of its siblings. `name` is what its key is made from; `fixed` are columns set at birth.

    A check or sort among a lesson's blocks gets its question with it. Raises OneIsEnough.
    """
    if module:
        lock(module)
    else:
        lock_site_keys()
    row = part.model(**_belongs_to(part, module, parent), **fixed)
    _refuse_a_second(row)
    row.key = fixed.get("key") or free_key(part, row, name or part.name)
    row.position = _last_position(part, row) + 1
    fill(row, values or {})
    record(row=row, module=module, act=Act.CREATED, by=by, fields=created(values_of(row, part)))
    if isinstance(row, Block) and row.kind in (BlockKind.CHECK, BlockKind.SORT):
        _add_question(row, module, by)
    return row


def _refuse_a_second(row: models.Model) -> None:
    """A module has one first test, one final test and one survey."""
    if not isinstance(row, Step) or row.kind not in (StepKind.TEST, StepKind.SURVEY):
        return
    if Step.live.filter(module=row.module_id, kind=row.kind, stage=row.stage).exists():
        raise OneIsEnough


def _belongs_to(part: Part, module: Module | None, parent: models.Model | None) -> dict[str, Any]:
    """A step and a question stand in their module as well as in what they are ordered in."""
    names = {field.name for field in part.model._meta.fields}
    belongs = {"module": module} if "module" in names else {}
    return belongs | ({part.parent: parent} if parent is not None else {})


def _add_question(block: Block, module: Module, by: By) -> Question:
    question = Question.objects.create(module=module, block=block, key=exercise_key(block.step.key, block.key))
    record(row=question, module=module, act=Act.CREATED, by=by)
    return question


def free_key(part: Part, row: models.Model, name: str) -> str:
    """A key like `name` that nothing beside the row has, nor ever had."""
    stem = slugify(name)[:LONGEST_KEY].strip("-").replace("--", "-") or part.name
    taken = set(_key_mates(part, row).filter(key__startswith=stem).values_list("key", flat=True))
    number, key = 2, stem
    while key in taken:
        number, key = number + 1, f"{stem}-{number}"
    return key


def _key_mates(part: Part, row: models.Model) -> models.QuerySet:
    """The rows among which a key is unique, archived ones included."""
    rows = models.QuerySet(model=part.model)
    if hasattr(row, "module_id"):
        return rows.filter(module=row.module_id)
    return rows.filter(**{part.parent: getattr(row, f"{part.parent}_id")}) if part.parent else rows


def siblings(part: Part, row: models.Model) -> models.QuerySet:
    """What the row is ordered among, in order; the bank's questions apart from those inside lessons."""
    rows = models.QuerySet(model=part.model).filter(archived=False)
    if part.parent:
        rows = rows.filter(**{f"{part.parent}_id": getattr(row, f"{part.parent}_id")})
    if isinstance(row, Question):
        rows = rows.filter(block=None)
    return rows.order_by("position", "id")


def _last_position(part: Part, row: models.Model) -> int:
    return siblings(part, row).aggregate(last=Max("position"))["last"] or 0


@transaction.atomic
def move(*, part: Part, row: int, module: Module | None, to: int, by: By, parent: models.Model | None = None) -> Any:
    """To place `to` among its siblings, counted from 1; with `parent`, a step to another section. It changes no key."""
    if module:
        lock(module)
    found = find(part, row, module)
    before = [_container(part, found), found.position]
    if parent is not None:
        setattr(found, part.parent, parent)
        found.save()
    others = [other for other in siblings(part, found) if other.pk != found.pk]
    to = max(1, min(to, len(others) + 1))
    others.insert(to - 1, found)
    _renumber(others)
    after = [_container(part, found), to]
    if after != before:
        record(row=found, module=module, act=Act.MOVED, by=by, fields={"position": [before, after]})
    return found


def _container(part: Part, row: models.Model) -> str:
    return getattr(row, part.parent).key if part.parent else ""


def _renumber(rows: list) -> None:
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            row.position = position
            type(row)._base_manager.filter(pk=row.pk).update(position=position)


@transaction.atomic
def archive(*, part: Part, row: int, module: Module | None, by: By) -> Any:
    """Takes a row out of the draft, with all in it; learners' editions keep it. Raises InUse."""
    if module:
        lock(module)
    found = find(part, row, module)
    if users := _users_of(found):
        raise InUse([place_of(user) for user in users])
    if not found.archived:
        found.archived = True
        found.save()
        record(row=found, module=module, act=Act.ARCHIVED, by=by)
    return found


def _users_of(row: models.Model) -> list[models.Model]:
    """What would be left without its node, section, objective or setting."""
    match row:
        case CaseNode():
            choices = row.arrivals.filter(archived=False, node__archived=False).exclude(node=row)
            return list(choices.select_related("node__step"))
        case Section():
            return list(row.steps.filter(archived=False))
        case Objective():
            steps = Step.live.filter(objective=row)
            return [*steps, *Question.live.filter(objective=row, block=None)]
        case Setting():
            return list(Module.objects.filter(settings=row))
    return []


@transaction.atomic
def restore(*, part: Part, row: int, module: Module | None, by: By) -> Any:
    """Back at the end of its siblings; a step brings its section back with it. Raises OneIsEnough."""
    if module:
        lock(module)
    found = find(part, row, module)
    if found.archived:
        _refuse_a_second(found)
        if isinstance(found, Step):
            restore(part=PARTS["section"], row=found.section_id, module=module, by=by)
        found.position = _last_position(part, found) + 1
        found.archived = False
        found.save()
        record(row=found, module=module, act=Act.RESTORED, by=by)
    return found
