import signal
from threading import Event

import pytest
from django.core.management import call_command
from django.db import OperationalError

from jobs import registry, services
from jobs.management.commands import run_jobs
from jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient(monkeypatch) -> None:
    monkeypatch.setattr(run_jobs, "IDLE_SECONDS", 0)
    monkeypatch.setattr(run_jobs, "close_old_connections", lambda: None)


def test_run_jobs_once_sweeps_and_drains(handled, capsys):
    services.enqueue(kind="note", payload={"n": 1})
    call_command("run_jobs", "--once")
    assert (handled, capsys.readouterr().out) == ([{"n": 1}], "1 jobs done\n")


def test_run_jobs_stops_after_the_current_job(handled, patient):
    stop = Event()
    registry.register("last", lambda payload: stop.set())
    services.enqueue(kind="last", payload={})
    services.enqueue(kind="note", payload={})
    run_jobs.work_until(stop)
    assert list(Job.objects.order_by("pk").values_list("state", flat=True)) == ["done", "pending"]


def test_run_jobs_outlives_a_database_that_does_not_answer(patient, monkeypatch):
    stop, answers = Event(), [OperationalError("gone"), None]

    def drain(**kwargs):
        if error := answers.pop(0):
            raise error
        stop.set()

    monkeypatch.setattr(run_jobs.services, "drain", drain)
    monkeypatch.setattr(run_jobs.connection, "close", lambda: None)
    run_jobs.work_until(stop)
    assert answers == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_sets_the_stop_event(number):
    before = [signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)]
    try:
        stop = run_jobs.stopped_by_signal()
        signal.raise_signal(number)
        assert stop.is_set()
    finally:
        for each, handler in zip((signal.SIGTERM, signal.SIGINT), before, strict=True):
            signal.signal(each, handler)
