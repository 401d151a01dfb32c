from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.translation import override
from rest_framework.authtoken.models import Token

from accounts.models import User
from certificates.document import License, encode, freeze
from certificates.models import Certificate
from courses.models import Release
from learning.models import Attempt, Enrolment
from learning.services.attempts import start_attempt
from tests import factories
from tests.certificates.factories import offer


@pytest.fixture(autouse=True)
def _english_and_uncounted(db) -> Iterator[None]:
    """No test inherits another's language or its count of requests."""
    cache.clear()
    with override("en"):
        yield


@pytest.fixture
def release() -> Release:
    return factories.release()


@pytest.fixture
def learner() -> User:
    return factories.user("learner@example.org")


@pytest.fixture
def stranger() -> User:
    return factories.user("stranger@example.org")


@pytest.fixture
def token(learner) -> Token:
    return Token.objects.create(user=learner)


@pytest.fixture
def api(learner) -> Client:
    """A browser of the signed-in learner."""
    return _browser(learner)


@pytest.fixture
def strangers_api(stranger) -> Client:
    return _browser(stranger)


def _browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def enrolment(learner, release) -> Enrolment:
    return factories.enrolment(by=learner)


@pytest.fixture
def attempt(learner, enrolment) -> Attempt:
    step = enrolment.content.step("first-test")
    return start_attempt(enrolment=enrolment, step=step, locale="en", by=learner)


@pytest.fixture
def certificate() -> Certificate:
    holder = factories.user("holder@example.org")
    completion = factories.finish_all(factories.enrolment(by=holder)).completion
    facts = freeze(
        completion.release.content,
        offer("nursing"),
        edition=1,
        setting="clinic",
        completed_on=date(2026, 3, 9),
        profession="nurse",
        license=License(number="RN 884213", state="TX"),
        demonstration=True,
    )
    return Certificate.objects.create(
        completion=completion,
        offer="nursing",
        printed_name="Ana Ruiz",
        locale="en",
        facts=encode(facts),
        issued_at=datetime(2026, 3, 10, 15, tzinfo=UTC),
        issued_by=holder,
    )
