"""Opening, reading and finishing a step."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from courses.document import Lesson, Step
from learning.errors import NotFinishable, UnknownChoice
from learning.models import Enrolment
from learning.services.facts import lock, record_finish, record_opening, require_open


def open_step(*, enrolment: Enrolment, step: Step, locale: str, by: AbstractBaseUser) -> None:
    """Raises NotOpenYet. A step that was opened before costs no query."""
    require_open(enrolment, step)
    if step.key not in enrolment.facts.opened:
        with transaction.atomic():
            record_opening(lock(enrolment), step, locale)


@transaction.atomic
def finish_lesson(*, enrolment: Enrolment, step: Step, locale: str, by: AbstractBaseUser) -> Enrolment:
    """Raises NotFinishable for a step that finishes by itself: a case, a test, the survey."""
    if not isinstance(step, Lesson):
        raise NotFinishable
    enrolment = lock(enrolment)
    record_finish(enrolment, step, locale)
    return enrolment


def see_block(*, enrolment: Enrolment, step: Step, block: str, by: AbstractBaseUser) -> None:
    """Remembers where somebody is reading, for the next device. Raises UnknownChoice."""
    if not isinstance(step, Lesson) or block not in {item.key for item in step.blocks}:
        raise UnknownChoice
    enrolment.visits.filter(step=step.key).update(last_block=block)
