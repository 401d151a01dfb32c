"""Reads that more than one page needs."""

from collections.abc import Iterable

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, QuerySet

from courses.choices import Stage
from courses.document import Case
from courses.models import Module, Release
from courses.paths import path
from courses.queries import availability_in, has_ended, open_releases
from learning.cases import choice_made
from learning.models import Attempt, CaseDecision, CheckAnswer, Enrolment, Response


def enrolments_of(user: AbstractBaseUser) -> QuerySet[Enrolment]:
    """With the release, but without the document's text: it is decoded once per process."""
    return Enrolment.objects.filter(user=user).select_related("release").defer("release__document")


def current_enrolment(user: AbstractBaseUser, module_key: str, locale: str = "") -> Enrolment | None:
    """The open enrolment, else the latest completed one; its `availability` is that of its edition in `locale`."""
    found = enrolments_of(user).filter(module__key=module_key)  # so few that sorting them here is the cheaper way
    found = found.annotate(availability=availability_in(locale, "release"))
    return max(found, key=lambda row: (row.completed_at is None, row.completed_at or row.started_at), default=None)


def newer_editions(enrolments: Iterable[Enrolment], locale: str) -> dict[int, Release]:
    """By enrolment, for those under way in `locale`: the newest open edition, where it is newer than their own."""
    under_way = [row for row in enrolments if not row.completed_at and locale in row.release.locales]
    newest: dict[int, Release] = {}
    for release in open_releases(locale).filter(module__in={row.module_id for row in under_way}).defer("document"):
        newest.setdefault(release.module_id, release)
    return {
        row.pk: found
        for row in under_way
        if (found := newest.get(row.module_id)) and found.number > row.release.number and not has_ended(found)
    }


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


def attempts_allowed(enrolment: Enrolment, stage: str) -> int | None:
    """What the edition allows and what was granted beyond it; None: as many as it takes."""
    allowed = 1 if stage == Stage.PRE else enrolment.content.attempts_allowed
    return allowed if allowed is None else allowed + enrolment.attempt_grants.filter(stage=stage).count()


def responses_to(enrolment: Enrolment, stage: str, number: int) -> list[Response]:
    """The responses of one attempt in order, with the attempt and its edition; an attempt always has some."""
    return list(
        Response.objects.filter(attempt__enrolment=enrolment, attempt__stage=stage, attempt__number=number)
        .select_related("attempt__release")
        .defer("attempt__release__document")
        .order_by("place")
    )


def learners_with(module: Module, step: str) -> int:
    """How many learners are in the middle of an edition that has this step on their path."""
    groups = Enrolment.objects.filter(module=module, completed_at=None).values("release", "setting")
    counted = list(groups.annotate(number=Count("pk")).order_by().values_list("release", "setting", "number"))
    releases = Release.objects.defer("document").in_bulk({release for release, _setting, _number in counted})
    return sum(
        number
        for release, setting, number in counted
        if any(own.key == step for own in path(releases[release].content, setting))
    )


def learners_on(module: Module, setting: str) -> int:
    """How many are on a professional setting's path now, in whichever edition."""
    return Enrolment.objects.filter(module=module, setting=setting, completed_at=None).count()


def learners_in(release: Release) -> int:
    """How many are in the middle of an edition."""
    return Enrolment.objects.filter(release=release, completed_at=None).count()
