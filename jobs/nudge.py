"""Tells the Celery workers that a job is due. Only a hint: the sweep finds every row that no hint reached."""

import logging
import time
from functools import cache, partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

if TYPE_CHECKING:
    from celery import Celery

logger = logging.getLogger(__name__)

# Workers wait on their sockets for a long time and rightly so; these bounds are for publishing alone.
BOUNDS = {"socket_connect_timeout": 1, "socket_timeout": 2, "max_retries": 0}
PAUSE_SECONDS = 30


class Breaker:
    """After a failure nobody tries again for a while, so that a hung broker does not slow every request."""

    def __init__(self) -> None:
        self._closed_again_at = 0.0

    @property
    def is_open(self) -> bool:
        return time.monotonic() < self._closed_again_at

    def trip(self) -> None:
        self._closed_again_at = time.monotonic() + PAUSE_SECONDS

    def reset(self) -> None:
        self._closed_again_at = 0.0


breaker = Breaker()


def nudge_after_commit(job_id: int) -> None:
    if settings.CELERY_BROKER_URL:
        transaction.on_commit(partial(publish, job_id), robust=True)


def publish(job_id: int) -> None:
    if breaker.is_open:
        return
    try:
        _publisher().send_task("jobs.run", args=[job_id], retry=False, ignore_result=True)
    except Exception as error:  # whatever a broken broker raises: the job is safe in its row
        breaker.trip()
        logger.warning("The broker did not take job %s, the sweep will: %s", job_id, error)


@cache
def _publisher() -> "Celery":
    from celery import Celery  # takes a third of a second, which a site without a broker need not spend

    app = Celery("publisher", broker=settings.CELERY_BROKER_URL, set_as_current=False)
    app.conf.update(task_publish_retry=False, broker_connection_timeout=1, broker_transport_options=BOUNDS)
    return app
