import logging
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from jobs import registry
from jobs.choices import JobState
from jobs.models import Job
from jobs.nudge import nudge_after_commit

logger = logging.getLogger(__name__)

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)
CANDIDATES = 10


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
        registry.get(job.kind).handler(job.payload)
    except Exception as error:  # one job's trouble must not stop the others
        logger.exception("Job %s failed at attempt %s", job, job.attempts)
        fail(job=job, error=f"{type(error).__name__}: {error}")
    else:
        finish(job=job)


def finish(*, job: Job) -> bool:
    """False when the lease was lost meanwhile: then whoever holds it now decides."""
    return _release(job, state=JobState.DONE, finished_at=timezone.now(), error="")


def fail(*, job: Job, error: str) -> bool:
    if job.attempts >= registry.get(job.kind).max_attempts:
        return _release(job, state=JobState.FAILED, finished_at=timezone.now(), error=error)
    return _release(job, state=JobState.PENDING, run_after=timezone.now() + backoff(job.attempts), error=error)


def _release(job: Job, **values) -> bool:
    held = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, lease_token=job.lease_token)
    return held.update(lease_token=None, lease_until=None, **values) == 1


def backoff(attempts: int) -> timedelta:
    return min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT)


def sweep() -> int:
    """Take back the jobs whose worker died: to be tried again, or as failed when they keep killing workers."""
    return sum(
        fail(job=job, error="The worker stopped before the job was done.")
        for job in Job.objects.abandoned().filter(kind__in=registry.names())
    )


def retry(*, job: Job) -> bool:
    """Give a job that failed for good a fresh start."""
    failed = Job.objects.filter(pk=job.pk, state=JobState.FAILED)
    restarted = failed.update(state=JobState.PENDING, attempts=0, run_after=timezone.now(), finished_at=None)
    if restarted:
        nudge_after_commit(job.pk)
    return restarted == 1
