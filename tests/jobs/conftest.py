from collections.abc import Iterator

import pytest

from jobs import registry
from jobs.nudge import breaker


@pytest.fixture
def handled(monkeypatch) -> list[dict]:
    """Kinds known for one test: `note` keeps the payloads it was given, `trouble` fails; none is daily."""
    kinds = {name: kind for name, kind in registry._kinds.items() if not kind.daily}
    monkeypatch.setattr(registry, "_kinds", kinds)
    payloads: list[dict] = []
    registry.register("note", payloads.append, lease_seconds=60)
    registry.register("trouble", _fail, max_attempts=2)
    return payloads


def _fail(payload: dict) -> None:
    raise RuntimeError("no paper")


@pytest.fixture
def published(monkeypatch, settings) -> Iterator[list[int]]:
    """The jobs that a broker was told of."""
    settings.CELERY_BROKER_URL = "redis://broker.invalid/0"
    told: list[int] = []

    class Publisher:
        def send_task(self, name: str, *, args: list[int], **options) -> None:
            assert (name, options) == ("jobs.run", {"retry": False, "ignore_result": True})
            told.extend(args)

    monkeypatch.setattr("jobs.nudge._publisher", Publisher)
    yield told
    breaker.reset()
