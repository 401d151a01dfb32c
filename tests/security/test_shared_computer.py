import re

import pytest
from django.core import mail
from django.test import Client

from jobs import services
from support import carry
from tests.security.conftest import at_survey

PRIVATE = "max-age=0, no-cache, no-store, must-revalidate, private"
SURVEY = "/en/learn/basics/steps/survey/"
PAGES = [
    "/en/",
    "/en/modules/basics/",
    "/en/training/",
    "/en/learn/basics/",
    "/en/learn/basics/setting/",
    "/en/learn/basics/steps/shared/",
    "/en/learn/basics/steps/first-test/",
    "/en/profile/",
    "/en/nowhere/",
]


@pytest.fixture
def held(client, enrolment):
    """Ana wrote a comment, her session had ended, and she left."""

    def post() -> Client:
        client.post(SURVEY, {"comment": "my manager takes their papers"})
        return client

    return post


def enter(client: Client, email: str, next_url: str) -> None:
    client.post("/en/sign-in/", {"email": email})
    services.drain()
    code = re.search(r"[A-Z]{3}-[A-Z]{3}", mail.outbox[-1].body)[0]
    client.post("/en/sign-in/code/", {"code": code, "next": next_url})


@pytest.mark.parametrize("page", PAGES)
def test_page_of_a_learner_is_kept_by_no_browser(page, browser, enrolment):
    assert browser.get(page)["Cache-Control"] == PRIVATE


def test_page_of_nobody_may_be_kept(client, db):
    assert not client.get("/en/help/").has_header("Cache-Control")


def test_held_form_is_forgotten_when_the_next_person_signs_in_elsewhere(held):
    client = held()
    at_survey("bob@example.org")
    enter(client, "bob@example.org", next_url="")
    assert carry.SESSION_KEY not in client.session
    assert "papers" not in client.get(SURVEY).content.decode()


def test_held_form_waits_for_whoever_signs_in_to_that_page(held):
    client = held()
    at_survey("bob@example.org")
    enter(client, "bob@example.org", next_url=SURVEY)
    assert "papers" in client.get(SURVEY).content.decode()


def test_held_form_is_forgotten_after_a_while(held, monkeypatch):
    client = held()
    at_survey("bob@example.org")
    monkeypatch.setattr(carry, "SECONDS", -1)
    enter(client, "bob@example.org", next_url=SURVEY)
    assert "papers" not in client.get(SURVEY).content.decode()
