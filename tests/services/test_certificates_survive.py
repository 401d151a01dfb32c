"""No broker and no worker can lose a certificate, or make a learner wait."""

import time
from pathlib import Path

import pytest
from django.utils import timezone

from certificates.models import Certificate, Drawing
from certificates.services.issuing import issue
from jobs.choices import JobState
from jobs.models import Job
from jobs.nudge import publish
from tests.factories import enrolment, finish_all
from tests.services.processes import wait_until

pytestmark = [pytest.mark.services, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PROMPTLY = 5


@pytest.fixture
def completion(transactional_db):
    return finish_all(enrolment()).completion


def drawing_job() -> Job:
    return Job.objects.get(kind="certificates.draw")


def is_done() -> bool:
    return drawing_job().state == JobState.DONE


def pictures(settings) -> list[Path]:
    certificate = Certificate.objects.get()
    return list(Path(settings.MEDIA_ROOT).glob(f"certificates/*/{certificate.pk}/*.pdf"))


def outcome(settings) -> tuple[int, int, str, int]:
    """Drawings, files, the job's state, and how often it was tried."""
    job = drawing_job()
    return Drawing.objects.count(), len(pictures(settings)), job.state, job.attempts


def confirm_name(completion) -> Certificate:
    return issue(completion=completion, offer="completion", printed_name="Ana Ruiz", by=completion.enrolment.user)


def test_certificate_is_drawn_by_a_worker_of_the_standing_broker(
    standing_broker, completion, publish_to, start_worker, settings
):
    publish_to(standing_broker)
    start_worker(standing_broker)
    confirm_name(completion)
    wait_until(is_done, "the drawing")
    assert outcome(settings) == (1, 1, JobState.DONE, 1)


@pytest.mark.parametrize("seconds", [0, 0.4])
def test_worker_killed_while_drawing_leaves_one_drawing(
    seconds, broker, completion, publish_to, start_worker, settings
):
    publish_to(broker.url)
    confirm_name(completion)
    worker = start_worker(broker.url)
    wait_until(lambda: drawing_job().state == JobState.RUNNING, "a worker to begin")
    time.sleep(seconds)
    worker.kill()
    assert outcome(settings) == (0, 0, JobState.RUNNING, 1)
    Job.objects.filter(pk=drawing_job().pk).update(lease_until=timezone.now())  # as if the lease had run out
    start_worker(broker.url)
    wait_until(is_done, "the drawing")
    assert outcome(settings) == (1, 1, JobState.DONE, 2)


def test_hints_that_come_often_to_two_workers_make_one_drawing(broker, completion, publish_to, start_worker, settings):
    publish_to(broker.url)
    for worker in [start_worker(broker.url), start_worker(broker.url)]:
        worker.wait_until_ready()
    confirm_name(completion)
    for _ in range(10):
        publish(drawing_job().pk)
    wait_until(is_done, "the drawing")
    assert outcome(settings) == (1, 1, JobState.DONE, 1)


@pytest.mark.parametrize(("fails", "recovers"), [("stop", "start"), ("freeze", "thaw")])
def test_failing_redis_delays_no_request_and_loses_no_certificate(
    fails, recovers, broker, completion, publish_to, start_worker, client, settings
):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": broker.url}}
    publish_to(broker.url)
    start_worker(broker.url).wait_until_ready()
    client.force_login(completion.enrolment.user)
    getattr(broker, fails)()
    answer, seconds = timed(client.post, "/en/certificates/basics/name/", {"printed_name": "Ana Ruiz"})
    address = f"/en/certificates/{Certificate.objects.get().shown_code}/"
    page, more_seconds = timed(client.get, address)
    assert (answer.status_code, answer.url, page.status_code) == (302, address, 200)
    assert max(seconds, more_seconds) < PROMPTLY
    getattr(broker, recovers)()
    wait_until(is_done, "the drawing")
    assert outcome(settings) == (1, 1, JobState.DONE, 1)
    assert client.get(f"{address}status").json()["ready"] is True


def timed(call, *arguments):
    started = time.monotonic()
    return call(*arguments), time.monotonic() - started
