from datetime import timedelta

import pytest
from django.utils import timezone

from jobs import services, tasks
from jobs.models import Job
from lms.celery import app

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("handled")]


def test_run_task_does_its_job_and_no_other(handled):
    services.enqueue(kind="note", payload={"n": 1})
    job = services.enqueue(kind="note", payload={"n": 2})
    tasks.run(job.pk)
    assert handled == [{"n": 2}]


def test_sweep_task_takes_back_abandoned_jobs_and_does_due_ones(handled):
    dead = services.enqueue(kind="note", payload={"n": 1})
    services.claim()
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    services.enqueue(kind="note", payload={"n": 2})
    tasks.sweep()
    dead.refresh_from_db()
    assert (handled, dead.state) == ([{"n": 2}], "pending")


def test_beat_and_nudges_use_the_names_of_the_tasks():
    assert app.conf.beat_schedule == {
        "sweep": {"task": "jobs.sweep", "schedule": 60.0, "options": {"expires": 60}},
    }
    assert (tasks.run.name, tasks.sweep.name) == ("jobs.run", "jobs.sweep")
