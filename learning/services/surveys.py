"""The closing survey: who answered is known, what was answered is not tied to them."""

from collections.abc import Mapping

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from courses.choices import SurveyKind
from courses.document import Survey, SurveyItem
from learning.errors import UnknownChoice
from learning.models import Enrolment, SurveyAnswer, SurveyDone
from learning.services.facts import lock, record_finish, require_open

COMMENT_LENGTH = 2000


@transaction.atomic
def answer_survey(
    *, enrolment: Enrolment, step: Survey, answers: Mapping[str, str], locale: str, by: AbstractBaseUser
) -> Enrolment:
    """Item key → answer; items left out stay unanswered. A second answer changes nothing.

    Raises NotOpenYet, UnknownChoice.
    """
    enrolment = lock(enrolment)
    require_open(enrolment, step)
    if step.key in enrolment.facts.finished:
        return enrolment
    given = {item.key: answers[item.key] for item in step.items if answers.get(item.key)}
    if not all(_fits(item, given[item.key]) for item in step.items if item.key in given):
        raise UnknownChoice
    month = timezone.localdate().replace(day=1)
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(release=enrolment.release, month=month, item=key, value=value) for key, value in given.items()
    )
    SurveyDone.objects.create(enrolment=enrolment, locale=locale, setting=enrolment.setting)
    record_finish(enrolment, step, locale)
    return enrolment


def _fits(item: SurveyItem, value: str) -> bool:
    if item.kind is SurveyKind.SCALE:
        return value in {"1", "2", "3", "4", "5"}
    if item.kind is SurveyKind.CHOICE:
        return value in {option.key for option in item.options}
    return len(value) <= COMMENT_LENGTH
