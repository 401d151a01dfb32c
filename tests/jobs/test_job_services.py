from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from jobs import registry, services
from jobs.choices import JobState
from jobs.models import Job

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("handled")]


def state_of(job: Job) -> tuple[str, int, str]:
    job.refresh_from_db()
    return job.state, job.attempts, job.error


def make_due(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(run_after=timezone.now())


def expire_lease(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_enqueue_writes_waiting_row():
    job = services.enqueue(kind="note", payload={"n": 1})
    job.refresh_from_db()
    assert (job.kind, job.payload, job.key, job.state, job.attempts) == ("note", {"n": 1}, None, "pending", 0)


def test_enqueue_with_used_key_returns_first_job_even_when_done():
    first = services.enqueue(kind="note", payload={"n": 1}, key="draw:7")
    services.drain()
    again = services.enqueue(kind="note", payload={"n": 2}, key="draw:7")
    assert (again.pk, again.payload, Job.objects.count()) == (first.pk, {"n": 1}, 1)


def test_enqueue_is_undone_with_its_transaction():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.enqueue(kind="note", payload={})
        1 / 0  # noqa: B018
    assert list(Job.objects.all()) == []


def test_drain_does_due_jobs_in_order(handled):
    for n in (1, 2, 3):
        services.enqueue(kind="note", payload={"n": n})
    assert services.drain() == 3
    assert handled == [{"n": 1}, {"n": 2}, {"n": 3}]
    assert list(Job.objects.values_list("state", "attempts", "lease_token")) == [("done", 1, None)] * 3


def test_drain_stops_when_told(handled):
    for n in (1, 2, 3):
        services.enqueue(kind="note", payload={"n": n})
    assert services.drain(stop=lambda: len(handled) == 2) == 2


def test_claim_leases_job_for_as_long_as_its_kind_says():
    services.enqueue(kind="note", payload={})
    before = timezone.now()
    job = services.claim()
    assert (job.state, job.attempts) == (JobState.RUNNING, 1)
    assert timedelta(seconds=60) <= job.lease_until - before < timedelta(seconds=65)
    assert services.claim() is None


@pytest.mark.parametrize(
    "values",
    [{"kind": "from-a-newer-version"}, {"kind": "note", "run_after": timezone.now() + timedelta(hours=1)}],
    ids=["unknown kind", "not due"],
)
def test_claim_leaves_job_alone(values):
    job = services.enqueue(payload={}, **values)
    assert services.claim() is None
    assert services.run(job_id=job.pk) is False
    assert state_of(job) == ("pending", 0, "")


def test_claim_passes_over_job_that_was_taken_meanwhile(monkeypatch):
    first, second = (services.enqueue(kind="note", payload={}) for _ in range(2))
    take = services._take

    def take_after_a_rival(pk, kind):
        if pk == first.pk:
            take(pk, kind)
        return take(pk, kind)

    monkeypatch.setattr(services, "_take", take_after_a_rival)
    assert services.claim() == second


def test_run_twice_does_job_once(handled):
    job = services.enqueue(kind="note", payload={"n": 1})
    assert [services.run(job_id=job.pk), services.run(job_id=job.pk)] == [True, False]
    assert handled == [{"n": 1}]


def test_failing_job_waits_longer_each_time_then_fails_for_good():
    job = services.enqueue(kind="trouble", payload={})
    services.drain()
    assert state_of(job) == ("pending", 1, "RuntimeError: no paper")
    assert timedelta(seconds=4) < job.run_after - timezone.now() <= timedelta(seconds=5)
    make_due(job)
    services.drain()
    assert state_of(job) == ("failed", 2, "RuntimeError: no paper")
    assert job.finished_at is not None


def test_failing_job_does_not_stop_the_others(handled):
    services.enqueue(kind="trouble", payload={})
    services.enqueue(kind="note", payload={"n": 2})
    services.drain()
    assert handled == [{"n": 2}]


def test_backoff_doubles_up_to_an_hour():
    waits = [int(services.backoff(attempts).total_seconds()) for attempts in range(1, 13)]
    assert waits == [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]


def test_sweep_takes_back_only_expired_leases():
    dead, alive = (services.enqueue(kind="note", payload={}) for _ in range(2))
    services.claim()
    services.claim()
    expire_lease(dead)
    assert services.sweep() == 1
    assert state_of(dead) == ("pending", 1, "The worker stopped before the job was done.")
    assert state_of(alive) == ("running", 1, "")


def test_sweep_fails_job_that_keeps_killing_workers():
    job = services.enqueue(kind="trouble", payload={})
    for _ in range(2):
        make_due(job)
        services.claim()
        expire_lease(job)
        services.sweep()
    assert state_of(job)[:2] == ("failed", 2)


@pytest.mark.parametrize("end, words", [(services.finish, {}), (services.fail, {"error": "late"})])
def test_worker_that_lost_its_lease_decides_nothing(end, words):
    job = services.enqueue(kind="note", payload={})
    slow = services.claim()
    expire_lease(job)
    services.sweep()
    make_due(job)
    services.claim()
    assert end(job=slow, **words) is False
    assert state_of(job)[:2] == ("running", 2)


def test_retry_gives_failed_job_a_fresh_start():
    job = services.enqueue(kind="trouble", payload={})
    for _ in range(2):
        make_due(job)
        services.drain()
    assert services.retry(job=job) is True
    assert state_of(job)[:2] == ("pending", 0)
    assert services.retry(job=job) is False


def test_ordering_again_is_one_job_that_runs_once_more():
    job = services.order_again(kind="note", payload={"n": 1}, key="lane")
    services.drain()
    assert services.order_again(kind="note", payload={"n": 1}, key="lane") == job
    assert (state_of(job), Job.objects.count()) == (("pending", 0, ""), 1)


def test_job_ordered_again_while_it_runs_runs_again_after_that(handled):
    left = [2, 1]

    def lane(payload: dict) -> None:
        handled.append(payload)
        if left and left.pop():
            services.order_again(kind="lane", payload=payload, key="lane")

    registry.register("lane", lane)
    job = services.order_again(kind="lane", payload={}, key="lane")
    assert services.drain() == 3
    assert (handled, state_of(job), Job.objects.count()) == ([{}, {}, {}], ("done", 1, ""), 1)


def test_job_that_failed_for_good_is_ordered_again():
    job = services.order_again(kind="trouble", payload={}, key="lane")
    for _ in range(2):
        make_due(job)
        services.drain()
    services.order_again(kind="trouble", payload={}, key="lane")
    assert state_of(job)[:2] == ("pending", 0)


def write_a_row(payload: dict) -> None:
    services.enqueue(kind="note", payload=payload)


def test_rows_of_an_atomic_handler_are_kept_with_the_end_of_its_job():
    registry.register("write", write_a_row, is_atomic=True)
    job = services.enqueue(kind="write", payload={"n": 1})
    assert (services.run(job_id=job.pk), state_of(job)) == (True, ("done", 1, ""))
    assert Job.objects.filter(kind="note").count() == 1


def test_rows_of_an_atomic_handler_that_lost_its_lease_are_taken_back():
    """Rule: such a handler's rows are written once, whoever else was given its job meanwhile."""

    def stalled(payload: dict) -> None:
        write_a_row(payload)
        Job.objects.filter(kind="write").update(lease_token=uuid4())  # another worker's

    registry.register("write", stalled, is_atomic=True)
    job = services.enqueue(kind="write", payload={"n": 1})
    services.run(job_id=job.pk)
    assert (Job.objects.filter(kind="note").count(), state_of(job)) == (0, ("running", 1, ""))


@pytest.mark.skipif(connection.vendor == "sqlite", reason="a file has no connection to lose")
@pytest.mark.django_db(transaction=True)
def test_failure_is_written_when_the_connection_was_lost_under_the_job():
    """Rule: a job whose connection was lost waits for its next attempt, not for the end of its lease."""

    def lose(payload: dict) -> None:
        connection.ensure_connection()
        connection.connection.close()
        Job.objects.count()

    registry.register("lose", lose)
    job = services.enqueue(kind="lose", payload={})
    services.run(job_id=job.pk)
    assert state_of(job)[:2] == ("pending", 1)


@pytest.mark.django_db(transaction=True)
def test_handler_works_outside_any_transaction(handled):
    seen = []
    registry.register("look", lambda payload: seen.append(connection.in_atomic_block))
    services.enqueue(kind="look", payload={})
    services.drain()
    assert seen == [False]


@pytest.mark.parametrize(
    "values",
    [
        {"state": "running"},
        {"state": "pending", "lease_until": timezone.now()},
        {"state": "done"},
        {"state": "pending", "finished_at": timezone.now()},
        {"state": "lost"},
    ],
    ids=["running without lease", "waiting with lease", "done without date", "waiting with date", "unknown state"],
)
def test_database_refuses_contradictory_job(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind="note", **values)


def test_register_second_handler_for_a_kind_is_refused():
    with pytest.raises(ValueError, match="two handlers for jobs of the kind 'note'"):
        registry.register("note", print)
