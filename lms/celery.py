import os

from celery import Celery
from celery.signals import worker_ready
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")

app = Celery("lms")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    # A sweep that waited for a worker until the next one is due has nothing left to find.
    "sweep": {
        "task": "jobs.sweep",
        "schedule": settings.JOBS_SWEEP_SECONDS,
        "options": {"expires": settings.JOBS_SWEEP_SECONDS},
    }
}


@worker_ready.connect
def sweep_at_start(**kwargs) -> None:
    # A worker that was killed left its jobs leased: whoever starts next looks at once.
    app.send_task("jobs.sweep")
