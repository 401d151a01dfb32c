import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from learning.models import Enrolment
from tests import factories


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def learner(db) -> User:
    return factories.user("ana@example.org")


@pytest.fixture
def enrolment(learner) -> Enrolment:
    return factories.enrolment(by=learner)


@pytest.fixture
def browser(learner) -> Client:
    """Signed in; it shows what a visitor is shown, even after an error."""
    return signed_in(learner)


def signed_in(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def at_survey(email: str) -> User:
    """Somebody for whom the survey is the last step that is missing."""
    row = factories.enrolment(by=factories.user(email))
    while row.progress.next.key != "survey":
        row = factories.finish(row, row.progress.next.key)
    return row.user
