"""Reads that more than one page needs."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet

from courses.document import Case
from learning.cases import choice_made
from learning.models import Attempt, CaseDecision, CheckAnswer, Enrolment, Response


def enrolments_of(user: AbstractBaseUser) -> QuerySet[Enrolment]:
    """With the release, but without the document's text: it is decoded once per process."""
    return Enrolment.objects.filter(user=user).select_related("release").defer("release__document")


def current_enrolment(user: AbstractBaseUser, module_key: str) -> Enrolment | None:
    """The open enrolment, else the latest completed one."""
    found = enrolments_of(user).filter(module__key=module_key)  # so few that sorting them here is the cheaper way
    return max(found, key=lambda row: (row.completed_at is None, row.completed_at or row.started_at), default=None)


def latest_check_answers(enrolment: Enrolment, step: str) -> dict[str, CheckAnswer]:
    """The last answer to each check of a step, by block key."""
    return {
        answer.block: answer
        for answer in CheckAnswer.objects.filter(enrolment_id=enrolment.pk, step=step).order_by("number")
    }


def current_run(enrolment: Enrolment, case: Case) -> tuple[int, list[CaseDecision]]:
    """The number of the learner's present run through a case, from 1, and its decisions in order.

    A run with a decision that this edition no longer has is over; the next one begins.
    """
    decisions = list(enrolment.case_decisions.filter(step=case.key).order_by("id"))
    run = max((decision.run for decision in decisions), default=1)
    made = [decision for decision in decisions if decision.run == run]
    return (run, made) if all(choice_made(case, decision) for decision in made) else (run + 1, [])


def attempts_at(enrolment: Enrolment, stage: str) -> list[Attempt]:
    return list(enrolment.attempts.filter(stage=stage).order_by("number"))


def responses_to(enrolment: Enrolment, stage: str, number: int) -> list[Response]:
    """The responses of one attempt in order, with the attempt and its edition; an attempt always has some."""
    return list(
        Response.objects.filter(attempt__enrolment=enrolment, attempt__stage=stage, attempt__number=number)
        .select_related("attempt__release")
        .defer("attempt__release__document")
        .order_by("place")
    )
