from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from learning.models import Enrolment
from tests import factories


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    cache.clear()


@pytest.fixture
def row(db) -> Enrolment:
    """A nurse before first-test, shared, clinic-lesson, clinic-case, final-test and survey."""
    return factories.enrolment()


@pytest.fixture
def browser(row, client) -> Client:
    """Signed in as the learner of `row`."""
    client.force_login(row.user)
    return client


@pytest.fixture
def finish(row) -> Callable[..., Enrolment]:
    """Finishes steps of `row` in turn."""

    def finish(*keys: str) -> Enrolment:
        for key in keys:
            factories.finish(row, key)
        return Enrolment.objects.get(pk=row.pk)

    return finish


TO_THE_FINAL_TEST = ("first-test", "shared", "clinic-lesson", "clinic-case")


@pytest.fixture
def ready(finish) -> Enrolment:
    """Everything before the final test is done."""
    return finish(*TO_THE_FINAL_TEST)
