import pytest
from django.db import transaction

from jobs import nudge, services

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("handled")]


@pytest.fixture
def broken(published, monkeypatch) -> list[int]:
    tried: list[int] = []

    class BrokenPublisher:
        def send_task(self, name: str, *, args: list[int], **options) -> None:
            tried.extend(args)
            raise ConnectionError("nobody there")

    monkeypatch.setattr("jobs.nudge._publisher", BrokenPublisher)
    return tried


def test_nudge_goes_out_after_commit_and_not_before(published, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = services.enqueue(kind="note", payload={})
        assert published == []
    assert published == [job.pk]


def test_nudge_is_not_sent_for_job_that_existed(published, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = services.enqueue(kind="note", payload={}, key="once")
        services.enqueue(kind="note", payload={}, key="once")
    assert published == [job.pk]


def test_nudge_is_sent_for_job_that_is_ordered_again(published, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = services.order_again(kind="note", payload={}, key="lane")
        services.drain()
        services.order_again(kind="note", payload={}, key="lane")
    assert published == [job.pk, job.pk]


def test_nudge_for_job_ordered_again_while_it_runs_is_sent_when_it_has_run(
    published, django_capture_on_commit_callbacks
):
    services.order_again(kind="note", payload={}, key="lane")
    job = services.claim()
    services.order_again(kind="note", payload={}, key="lane")
    with django_capture_on_commit_callbacks(execute=True):
        services.finish(job=job)
    assert published == [job.pk]


def test_nudge_is_not_sent_when_transaction_fails(published, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError), transaction.atomic():
        services.enqueue(kind="note", payload={})
        1 / 0  # noqa: B018
    assert published == []


def test_nudge_without_broker_registers_nothing(settings, django_capture_on_commit_callbacks):
    settings.CELERY_BROKER_URL = ""
    with django_capture_on_commit_callbacks() as callbacks:
        services.enqueue(kind="note", payload={})
    assert callbacks == []


def test_broken_broker_is_asked_once_and_again_after_the_pause(broken, monkeypatch):
    now = 1000.0
    monkeypatch.setattr("jobs.nudge.time.monotonic", lambda: now)
    nudge.publish(1)
    nudge.publish(2)
    now += nudge.PAUSE_SECONDS
    nudge.publish(3)
    assert broken == [1, 3]


def test_broken_broker_leaves_job_to_be_done(broken, handled, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        services.enqueue(kind="note", payload={"n": 1})
    assert services.drain() == 1
    assert handled == [{"n": 1}]
