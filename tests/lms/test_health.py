import pytest
from django.db import OperationalError

from lms import health

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def unremembered() -> None:
    health._migrations.cache_clear()


def test_alive_answers_without_asking_anything(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_ready_asks_little_once_the_migrations_were_seen(client, django_assert_max_num_queries):
    sound = {"status": "ok", "database": True, "migrations": True, "cache": True}
    assert client.get("/readyz").json() == sound
    with django_assert_max_num_queries(1):
        response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, sound)


def test_missing_cache_is_told_and_takes_no_process_out_of_service(client, monkeypatch):
    monkeypatch.setattr("lms.health.cache.get", lambda key: None)
    response = client.get("/readyz")
    expected = {"status": "ok", "database": True, "migrations": True, "cache": False}
    assert (response.status_code, response.json()) == (200, expected)


@pytest.mark.parametrize("name", ["database", "migrations"])
def test_not_ready_says_what_and_never_why(name, client, monkeypatch):
    def fail():
        raise OperationalError("password of db.internal is wrong")

    fail.cache_clear = lambda: None
    monkeypatch.setattr(health, f"_{name}", fail)
    response = client.get("/readyz")
    expected = {"status": "unavailable", "database": True, "migrations": True, "cache": True} | {name: False}
    assert (response.status_code, response.json()) == (503, expected)


def test_unapplied_migration_means_not_ready(client, monkeypatch):
    monkeypatch.setattr("lms.health.MigrationExecutor.migration_plan", lambda self, targets: [("jobs", "0002")])
    assert client.get("/readyz").json()["migrations"] is False
