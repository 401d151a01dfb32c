"""Checks inside lessons and practice cases: ungraded, answered at once, as often as one likes."""

from collections.abc import Mapping, Sequence

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from courses.document import Case, Check, Lesson, Sort
from learning.cases import standing_at
from learning.errors import UnknownChoice
from learning.models import CaseDecision, CheckAnswer, Enrolment
from learning.queries import current_run
from learning.services.facts import lock, record_finish, record_opening

Chosen = Sequence[str] | Mapping[str, str]


@transaction.atomic
def answer_check(
    *,
    enrolment: Enrolment,
    step: Lesson,
    block: Check | Sort,
    chosen: Chosen,
    number: int,
    locale: str,
    by: AbstractBaseUser,
) -> None:
    """Records the `number`th answer to a check, from 1; a replayed number changes nothing. Raises UnknownChoice."""
    _require_known(block, chosen)
    enrolment = lock(enrolment)
    record_opening(enrolment, step, locale)
    given = enrolment.check_answers.filter(step=step.key, block=block.key).count()
    if number == given + 1:
        CheckAnswer.objects.create(
            enrolment=enrolment,
            step=step.key,
            block=block.key,
            number=number,
            chosen=chosen,
            locale=locale,
            setting=enrolment.setting,
        )


def _require_known(block: Check | Sort, chosen: Chosen) -> None:
    if isinstance(block, Check):
        known = set(chosen) <= {option.key for option in block.options}
        whole = len(chosen) == 1 or (block.multiple and len(chosen) > 0)
    else:
        categories = {category.key for category in block.categories}
        known = set(chosen.values()) <= categories
        whole = chosen.keys() == {item.key for item in block.items}
    if not (known and whole):
        raise UnknownChoice


@transaction.atomic
def decide(
    *, enrolment: Enrolment, step: Case, run: int, node: str, choice: str, locale: str, by: AbstractBaseUser
) -> Enrolment:
    """A decision where a run stands, or the first of the next run; a replayed or stale one changes nothing.

    Raises UnknownChoice.
    """
    enrolment = lock(enrolment)
    record_opening(enrolment, step, locale)
    present, decisions = current_run(enrolment, step)
    stands_at = standing_at(step, decisions) if run == present else step.start
    if run not in (present, present + 1) or node != stands_at:
        return enrolment
    made = next((option for option in step.node(node).choices if option.key == choice), None)
    if made is None:
        raise UnknownChoice
    CaseDecision.objects.create(
        enrolment=enrolment, step=step.key, run=run, node=node, choice=choice, locale=locale, setting=enrolment.setting
    )
    if step.node(made.to).ending:
        record_finish(enrolment, step, locale)
    return enrolment


@transaction.atomic
def skip_case(*, enrolment: Enrolment, step: Case, locale: str, by: AbstractBaseUser) -> Enrolment:
    """Counts a case as done by its summary: whom a story hurts need not play it, nor say why."""
    enrolment = lock(enrolment)
    record_finish(enrolment, step, locale)
    return enrolment
