import logging
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from jobs import registry
from jobs.choices import JobState
from jobs.models import ENDED, Job
from jobs.nudge import nudge_after_commit

logger = logging.getLogger(__name__)

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)
CANDIDATES = 10


class LeaseLost(Exception):
    """Somebody else has the job by now; what this worker did of it is taken back."""


def enqueue(*, kind: str, payload: dict, key: str | None = None, run_after: datetime | None = None) -> Job:
    """Call it in the transaction that needs the work. A key that was used before returns the job it was used for."""
    values = {"kind": kind, "payload": payload, "run_after": run_after or timezone.now()}
    if key is None:
        job, is_new = Job.objects.create(**values), True
    else:
        job, is_new = Job.objects.get_or_create(key=key, defaults=values)
    if is_new:
        nudge_after_commit(job.pk)
    return job


@transaction.atomic
def order_again(*, kind: str, payload: dict, key: str) -> Job:
    """The one job with this key, to be done from now on; when it runs just now, once more after that."""
    job = Job.objects.select_for_update().get(pk=enqueue(kind=kind, payload=payload, key=key).pk)
    job.run_after = timezone.now()
    if job.state in ENDED:
        job.state, job.attempts, job.finished_at = JobState.PENDING, 0, None
        nudge_after_commit(job.pk)
    job.save(update_fields=["run_after", "state", "attempts", "finished_at"])
    return job


def run(*, job_id: int) -> bool:
    """Do this one job, unless it is not due or somebody else has it."""
    job = claim(job_id=job_id)
    if job is not None:
        _work(job)
    return job is not None


def drain(*, stop: Callable[[], bool] = lambda: False) -> int:
    """Do every job that is due; how many there were."""
    count = 0
    while not stop() and (job := claim()) is not None:
        _work(job)
        count += 1
    return count


def claim(*, job_id: int | None = None) -> Job | None:
    due = Job.objects.due(registry.names()).order_by("run_after", "pk")
    if job_id is not None:
        due = due.filter(pk=job_id)
    while candidates := list(due.values_list("pk", "kind")[:CANDIDATES]):
        for pk, kind in candidates:
            if (job := _take(pk, registry.get(kind))) is not None:
                return job
    return None


def _take(pk: int, kind: registry.Kind) -> Job | None:
    now, token = timezone.now(), uuid.uuid4()
    taken = Job.objects.filter(pk=pk, state=JobState.PENDING, run_after__lte=now).update(
        state=JobState.RUNNING,
        lease_token=token,
        lease_until=now + timedelta(seconds=kind.lease_seconds),
        attempts=F("attempts") + 1,
    )
    return Job.objects.get(pk=pk) if taken else None


def _work(job: Job) -> None:
    try:
        _do(job, registry.get(job.kind))
    except LeaseLost:
        logger.warning("Job %s was given to another worker meanwhile", job)
    except Exception as error:  # one job's trouble must not stop the others
        logger.exception("Job %s failed at attempt %s", job, job.attempts)
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()  # the failure is written through one that works
        fail(job=job, error=f"{type(error).__name__}: {error}")


def _do(job: Job, kind: registry.Kind) -> None:
    if not kind.is_atomic:
        kind.handler(job.payload)
        finish(job=job)
        return
    with transaction.atomic():
        kind.handler(job.payload)
        if not finish(job=job):
            raise LeaseLost


def finish(*, job: Job) -> bool:
    """False when the lease was lost meanwhile: then whoever holds it now decides."""
    if _release(job, ordered_at=job.run_after, state=JobState.DONE, finished_at=timezone.now(), error=""):
        return True
    ordered_again = _release(job, state=JobState.PENDING, attempts=0, error="")
    if ordered_again:
        nudge_after_commit(job.pk)
    return ordered_again


def fail(*, job: Job, error: str) -> bool:
    if job.attempts >= registry.get(job.kind).max_attempts:
        return _release(job, state=JobState.FAILED, finished_at=timezone.now(), error=error)
    return _release(job, state=JobState.PENDING, run_after=timezone.now() + backoff(job.attempts), error=error)


def _release(job: Job, *, ordered_at: datetime | None = None, **values) -> bool:
    held = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, lease_token=job.lease_token)
    if ordered_at:
        held = held.filter(run_after=ordered_at)
    return held.update(lease_token=None, lease_until=None, **values) == 1


def backoff(attempts: int) -> timedelta:
    return min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT)


def sweep() -> int:
    """Take back the jobs whose worker died: to be tried again, or as failed when they keep killing workers."""
    return sum(
        fail(job=job, error="The worker stopped before the job was done.")
        for job in Job.objects.abandoned().filter(kind__in=registry.names())
    )


def order_daily() -> None:
    """Once a day each, however often it is called."""
    for name in registry.daily():
        enqueue(kind=name, payload={}, key=f"{name}:{timezone.localdate()}")


def retry(*, job: Job) -> bool:
    """Give a job that failed for good a fresh start."""
    failed = Job.objects.filter(pk=job.pk, state=JobState.FAILED)
    restarted = failed.update(state=JobState.PENDING, attempts=0, run_after=timezone.now(), finished_at=None)
    if restarted:
        nudge_after_commit(job.pk)
    return restarted == 1
