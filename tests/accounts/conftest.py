import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from jobs import services

WANTED = "/en/profile/"


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def learner() -> User:
    return User.objects.create_user("ana@example.org", language="en")


@pytest.fixture
def ask_for_code(client) -> Callable[..., str]:
    """Ask for a code on the page; the code in the mail."""

    def ask(email: str = "ana@example.org", language: str = "en", browser: Client = client) -> str:
        browser.post(f"/{language}/sign-in/", {"email": email})
        return newest_code()

    return ask


def newest_code() -> str:
    services.drain()
    return re.search(r"[A-Z]{3}-[A-Z]{3}", mail.outbox[-1].body)[0]


@pytest.fixture
def use_code(client) -> Callable:
    """Enter a code, wanting to get to the profile."""

    def use(code: str, language: str = "en", next_url: str = WANTED, browser: Client = client):
        return browser.post(f"/{language}/sign-in/code/", {"code": code, "next": next_url})

    return use


@pytest.fixture
def signed_in(client) -> Callable[[], str | None]:
    """Whose browser it is."""

    def who() -> str | None:
        user_id = client.session.get("_auth_user_id")
        return User.objects.get(pk=user_id).email if user_id else None

    return who
