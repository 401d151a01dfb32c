"""Copies of parts, with all that stands in them."""

from typing import Any

from django.db import models, transaction

from courses.columns import fill, values_of
from courses.models import Block, CaseNode, Module, Question, Step, SurveyItem, Translation
from courses.parts import part_named, part_of
from courses.services.drafts import By, find, lock
from courses.services.structure import add, move

# What stands in what; children keep their keys, which are unique within their parent only. Nodes before choices.
_CHILDREN: dict[type[models.Model], tuple[str, ...]] = {
    Step: ("blocks", "nodes", "survey_items"),
    Question: ("categories", "options"),
    SurveyItem: ("options",),
}


@transaction.atomic
def duplicate(*, part: str, row: int, module: Module, by: By) -> Any:
    """A copy after the original, under a new key. Its translations are as fresh as the original's."""
    lock(module)
    found = find(part_named(part), row, module)
    parent = getattr(found, part_named(part).parent)
    copy = _copy(found, parent, module, by, key="")
    return move(part=part_named(part), row=copy.pk, module=module, to=found.position + 1, by=by)


def _copy(row: models.Model, parent: models.Model, module: Module, by: By, key: str) -> Any:
    part = part_of(row)
    fixed = {"kind": row.kind, "stage": row.stage} if isinstance(row, Step) else {}
    copy = add(
        part=part,
        module=module,
        by=by,
        parent=parent,
        name=row.key,
        values=values_of(row, part),
        **fixed,
        **({"key": key} if key else {}),
    )
    _copy_memory(row, copy)
    _copy_children(row, copy, module, by)
    return copy


def _copy_children(row: models.Model, copy: models.Model, module: Module, by: By) -> None:
    for name in _CHILDREN.get(type(row), ()):
        for child in getattr(row, name).filter(archived=False):
            _copy(child, copy, module, by, key=child.key)
    if isinstance(row, Step):
        for node in CaseNode.objects.filter(step=row, archived=False):
            twin = CaseNode.objects.get(step=copy, key=node.key)
            for choice in node.choices.filter(archived=False):
                _copy(choice, twin, module, by, key=choice.key)
    if isinstance(row, Block) and hasattr(row, "question"):
        fill(copy.question, values_of(row.question, part_of(row.question)))
        _copy_memory(row.question, copy.question)
        _copy_children(row.question, copy.question, module, by)


def _copy_memory(row: models.Model, copy: models.Model) -> None:
    name = part_of(row).name
    Translation.objects.filter(part=name, row=copy.pk).delete()
    memories = list(Translation.objects.filter(part=name, row=row.pk))
    for memory in memories:
        memory.pk, memory.row, memory._state.adding = None, copy.pk, True
    Translation.objects.bulk_create(memories)
