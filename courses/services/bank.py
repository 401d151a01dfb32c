"""Questions of the bank as wholes: written with their choices, and copied into the other form."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from courses.choices import Form
from courses.columns import Values, stamp
from courses.errors import NotOfThisModule
from courses.models import Module, Question
from courses.parts import PARTS
from courses.services.copying import duplicate
from courses.services.editing import edit
from courses.services.structure import add, move, siblings

QUESTION, OPTION = PARTS["question"], PARTS["option"]


@transaction.atomic
def add_question(
    *, module: Module, values: Mapping[str, Any], options: Sequence[Values], by: AbstractBaseUser
) -> Question:
    """`values` and `options` as courses/columns.py spells them; form and objective are among the values."""
    objective = module.objectives.filter(archived=False, key=values["objective"]).first()
    if objective is None:
        raise NotOfThisModule
    # A question of the bank cannot be stored without its form and objective, not even for a moment.
    born = {"form": values["form"], "objective": objective}
    name = f"{objective.key}-{values['form']}"
    question = add(part=QUESTION, module=module, by=by, name=name, values=values, **born)
    for option in options:
        add(part=OPTION, module=module, by=by, parent=question, values=option)
    return question


@transaction.atomic
def make_twin(*, row: int, module: Module, by: AbstractBaseUser) -> Question:
    """A copy in the other form, to be reworded: the same objective and settings, so the forms stay equal."""
    copy = duplicate(part="question", row=_in_bank(row, module).pk, module=module, by=by)
    values = {"form": Form(copy.form).twin.value}
    return edit(part=QUESTION, row=copy.pk, module=module, values=values, base=stamp(copy, QUESTION), by=by)


@transaction.atomic
def move_in_form(*, row: int, module: Module, by: AbstractBaseUser, up: bool) -> Question:
    """Past the next question of its own form; those of the other form between them do not count."""
    question = _in_bank(row, module)
    order = list(siblings(QUESTION, question))
    form = [place for place, other in enumerate(order, start=1) if other.form == question.form]
    here = next(place for place, other in enumerate(order, start=1) if other.pk == question.pk)
    beyond = [place for place in form if place < here][-1:] if up else [place for place in form if place > here][:1]
    return move(part=QUESTION, row=row, module=module, to=beyond[0] if beyond else here, by=by)


def _in_bank(row: int, module: Module) -> Question:
    """Raises NotOfThisModule."""
    found = QUESTION.live(module).filter(pk=row, block=None).first()
    if found is None:
        raise NotOfThisModule
    return found
