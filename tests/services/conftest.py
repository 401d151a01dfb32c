import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jobs import nudge
from lms import cache
from tests.services.processes import Broker, Worker


@pytest.fixture(autouse=True)
def _no_papers_of_other_tests(settings) -> None:
    """Real workers keep them in the folder of the whole run."""
    shutil.rmtree(Path(settings.MEDIA_ROOT) / "certificates", ignore_errors=True)


@pytest.fixture
def broker(tmp_path) -> Iterator[Broker]:
    broker = Broker(tmp_path)
    broker.start()
    yield broker
    broker.stop()


@pytest.fixture
def standing_broker() -> str:
    return os.environ["TEST_BROKER_URL"]


@pytest.fixture
def start_worker(transactional_db, tmp_path_factory) -> Iterator[Callable[[str], Worker]]:
    workers: list[Worker] = []

    def start(broker_url: str) -> Worker:
        workers.append(Worker(broker_url, tmp_path_factory.mktemp("worker")))
        return workers[-1]

    yield start
    for worker in workers:
        worker.kill()


@pytest.fixture
def publish_to(settings) -> Iterator[Callable[[str], None]]:
    """Makes this process tell a broker of new jobs, as a web process does."""

    def begin(broker_url: str) -> None:
        settings.CELERY_BROKER_URL = broker_url
        forget()

    def forget() -> None:
        nudge._publisher.cache_clear()
        nudge.breaker.reset()
        cache.breaker.reset()

    yield begin
    forget()
