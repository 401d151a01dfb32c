"""The writing that every verb shares. Each verb first locks its enrolment, so its facts and summary move together."""

from datetime import timedelta

from django.utils import timezone

from courses.choices import Stage
from courses.document import Step
from jobs.services import enqueue
from learning.errors import NotOpenYet
from learning.models import Completion, Enrolment, Visit

REMIND_AFTER = timedelta(days=3)


def lock(enrolment: Enrolment) -> Enrolment:
    """The same enrolment, read again and held until the transaction ends."""
    return (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("release")
        .defer("release__document")
        .get(pk=enrolment.pk)
    )


def require_open(enrolment: Enrolment, step: Step) -> None:
    if waits_for := enrolment.progress.waits_for(step):
        raise NotOpenYet(waits_for)


def record_opening(enrolment: Enrolment, step: Step, locale: str) -> None:
    """Writes the visit once. `enrolment` is locked."""
    if step.key in enrolment.facts.opened:
        return
    Visit.objects.create(
        enrolment=enrolment, release=enrolment.release, step=step.key, locale=locale, setting=enrolment.setting
    )
    enrolment.summary = enrolment.facts.with_opened(step.key).as_json()
    enrolment.save(update_fields=["summary"])


def record_finish(enrolment: Enrolment, step: Step, locale: str) -> None:
    """Writes the finishing once, and the completion with the last needed one. `enrolment` is locked."""
    if step.key in enrolment.facts.finished:
        return
    record_opening(enrolment, step, locale)
    enrolment.visits.filter(step=step.key, finished_at=None).update(finished_at=timezone.now())
    enrolment.summary = enrolment.facts.with_finished(step.key).as_json()
    complete_if_done(enrolment, locale)
    enrolment.save(update_fields=["summary", "completed_at"])


def complete_if_done(enrolment: Enrolment, locale: str) -> None:
    """Records the completion when nothing is missing on the present path. Leaves saving `enrolment` to the caller."""
    if enrolment.completed_at or not enrolment.progress.complete:
        return
    passed = enrolment.attempts.filter(stage=Stage.POST, passed=True).order_by("-score").first()
    completion = Completion.objects.create(
        enrolment=enrolment,
        release=enrolment.release,
        locale=locale,
        setting=enrolment.setting,
        score=passed.score if passed else 0,
    )
    enrolment.completed_at = completion.at
    _order_reminder(completion)


def _order_reminder(completion: Completion) -> None:
    """In case its certificate is never asked for. Named, not imported: certificates stand above."""
    enqueue(
        kind="certificates.remind",
        payload={"completion": completion.pk},
        key=f"certificates.remind:{completion.pk}",
        run_after=timezone.now() + REMIND_AFTER,
    )
