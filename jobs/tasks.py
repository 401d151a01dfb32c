import time

from celery import shared_task

from jobs import retention, services

# Shorter than the minute between two sweeps, so that a long queue does not pile them up.
SWEEP_SECONDS = 50


@shared_task(name="jobs.run")
def run(job_id: int) -> None:
    services.run(job_id=job_id)


@shared_task(name="jobs.sweep")
def sweep() -> None:
    until = time.monotonic() + SWEEP_SECONDS
    services.sweep()
    services.order_daily()
    retention.forget()
    services.drain(stop=lambda: time.monotonic() > until)
