"""Reads that more than one page needs."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import F, QuerySet

from learning.models import Attempt, CaseDecision, CheckAnswer, Enrolment


def enrolments_of(user: AbstractBaseUser) -> QuerySet[Enrolment]:
    """With the release, but without the document's text: it is decoded once per process."""
    return Enrolment.objects.filter(user=user).select_related("release").defer("release__document")


def current_enrolment(user: AbstractBaseUser, module_key: str) -> Enrolment | None:
    """The open enrolment, else the latest completed one."""
    return (
        enrolments_of(user)
        .filter(module__key=module_key)
        .order_by(F("completed_at").desc(nulls_first=True), "-id")
        .first()
    )


def latest_check_answers(enrolment: Enrolment, step: str) -> dict[str, CheckAnswer]:
    """The last answer to each check of a step, by block key."""
    return {answer.block: answer for answer in enrolment.check_answers.filter(step=step).order_by("number")}


def current_run(enrolment: Enrolment, step: str) -> tuple[int, list[CaseDecision]]:
    """The number of the learner's present run through a case, from 1, and its decisions in order."""
    decisions = list(enrolment.case_decisions.filter(step=step).order_by("id"))
    run = max((decision.run for decision in decisions), default=1)
    return run, [decision for decision in decisions if decision.run == run]


def attempts_at(enrolment: Enrolment, stage: str) -> list[Attempt]:
    return list(enrolment.attempts.filter(stage=stage).order_by("number"))
