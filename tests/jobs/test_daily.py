from datetime import UTC, datetime

import pytest
from django.utils import timezone

from jobs import registry, services, tasks
from jobs.management.commands import run_jobs
from jobs.models import Job

pytestmark = pytest.mark.django_db
TODAY = datetime(2026, 3, 9, 15, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch) -> list[datetime]:
    now = [TODAY]
    monkeypatch.setattr(timezone, "now", lambda: now[0])
    return now


@pytest.fixture
def daily(handled) -> list[dict]:
    done: list[dict] = []
    registry.register("tidy", done.append, daily=True)
    return done


def ordered() -> list[tuple]:
    return list(Job.objects.order_by("pk").values_list("kind", "payload", "key"))


@pytest.mark.parametrize("sweep", [tasks.sweep, run_jobs.sweep])
def test_sweep_orders_what_is_daily_once_a_day(sweep, daily, clock):
    sweep()
    clock[0] = datetime(2026, 3, 10, 2, tzinfo=UTC)  # where the site is, it is still the day before
    sweep()
    assert ordered() == [("tidy", {}, "tidy:2026-03-09")]
    clock[0] = datetime(2026, 3, 10, 15, tzinfo=UTC)
    sweep()
    services.drain()
    assert (ordered(), daily) == ([("tidy", {}, "tidy:2026-03-09"), ("tidy", {}, "tidy:2026-03-10")], [{}, {}])


def test_ordering_again_costs_one_query_a_kind(daily, clock, django_assert_num_queries):
    services.order_daily()
    with django_assert_num_queries(1):
        services.order_daily()
