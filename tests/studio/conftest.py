"""A draft module and the people of the studio, each with one role and nothing more."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import RoleGrant
from courses.choices import LOCALES
from courses.models import Module
from support.queries import help_lines
from tests.courses import factories
from tests.factories import user


@pytest.fixture(autouse=True)
def _storage(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _fresh_cache(db) -> None:
    """What another test kept would expire between two pages whose queries are compared."""
    cache.clear()
    for locale in LOCALES:
        help_lines(locale)


@pytest.fixture
def module(db, tmp_path: Path) -> Module:
    """The draft "basics": settings clinic and school, lessons, cases, tests, survey, bank."""
    return factories.draft(tmp_path / "content")


@pytest.fixture
def as_role(db) -> Callable[..., Client]:
    """A signed-in client of somebody who holds this role; `as_role("")` holds none. The user is `client.user`."""

    def as_role(role: str, scope: str = "") -> Client:
        person = user(f"{role or 'nobody'}{scope}@example.org")
        if role:
            RoleGrant.objects.create(user=person, role=role, scope=scope)
        client = Client()
        client.force_login(person)
        client.user = person
        return client

    return as_role


@pytest.fixture
def author(as_role) -> Client:
    return as_role("author")


@pytest.fixture
def publisher(as_role) -> Client:
    return as_role("publisher")


@pytest.fixture
def administrator(as_role) -> Client:
    return as_role("administrator")
