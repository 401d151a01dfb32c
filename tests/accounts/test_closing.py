from datetime import UTC, datetime
from unittest.mock import Mock

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from rest_framework.authtoken.models import Token

from accounts import services
from accounts.choices import Role
from accounts.exceptions import LastAdministrator
from accounts.models import Profile, RoleGrant, User
from jobs.mail import queue_mail
from jobs.models import Mail
from jobs.services import drain

pytestmark = pytest.mark.django_db
URL = "/en/profile/close/"
NOW = datetime(2026, 12, 1, 15, tzinfo=UTC)
ADDRESS = "ana@example.org"


@pytest.fixture
def browser(learner) -> Client:
    return _signed_in(learner)


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def close(user: User) -> None:
    services.close_account(user=user, by=user)


def test_closed_account_keeps_nothing_that_names_anybody(learner, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    User.objects.create_superuser("boss@example.org")
    learner.is_staff = learner.is_superuser = True
    learner.set_password("only for the back office")
    learner.save()
    Profile.objects.filter(user=learner).update(
        printed_name="Ana Ruiz", profession="nurse", state="TX", setting="clinic"
    )
    EmailAddress.objects.create(user=learner, email=ADDRESS, verified=True, primary=True)
    Token.objects.create(user=learner)
    grant = RoleGrant.objects.create(user=learner, role=Role.AUTHOR)
    close(learner)
    users = User.objects.filter(pk=learner.pk)
    assert users.values("email", "is_active", "is_staff", "is_superuser", "closed_at").get() == {
        "email": f"closed-{learner.pk}@closed.invalid",
        "is_active": False,
        "is_staff": False,
        "is_superuser": False,
        "closed_at": NOW,
    }
    assert not users.get().has_usable_password()
    profile = Profile.objects.values_list("printed_name", "profession", "state", "setting").get(user=learner)
    assert (profile, EmailAddress.objects.count(), Token.objects.count()) == (("", "", "", ""), 0, 0)
    grant.refresh_from_db()
    assert (grant.ended_at, grant.ended_by) == (NOW, learner)


def test_every_browser_is_signed_out(browser, learner):
    other = _signed_in(learner)
    answer = browser.post(URL, {"email": " Ana@Example.org "})
    assert answer.url == "/en/sign-in/"
    page = browser.get(answer.url)
    assert [str(message) for message in page.context["messages"]] == [
        "Your account is closed. Whoever has the code of a certificate can still verify it."
    ]
    assert [client.get("/en/profile/").status_code for client in (browser, other)] == [302, 302]
    assert "_auth_user_id" not in browser.session


def everything_of(user: User) -> list:
    names = {"user": user.pk}
    rows = [model.objects.filter(**names) for model in (Profile, Token, EmailAddress, RoleGrant)]
    return [list(found.values()) for found in (User.objects.filter(pk=user.pk), *rows)]


def full(user: User) -> User:
    """With everything that closing ends."""
    Profile.objects.filter(user=user).update(printed_name="Bea Gil", profession="nurse", state="TX", setting="clinic")
    Token.objects.create(user=user)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    RoleGrant.objects.create(user=user, role=Role.AUTHOR)
    queue_mail(to=user.email, subject="Hello", body="Hello", language="en")
    return user


def test_closing_ends_nothing_of_anybody_else(learner):
    other, mine = full(User.objects.create_user("bea@example.org")), full(learner)
    before = everything_of(other)
    close(mine)
    assert everything_of(other) == before
    assert list(Mail.objects.values_list("recipient", flat=True)) == ["bea@example.org"]


def test_closing_that_fails_half_way_ends_nothing(learner, monkeypatch):
    before = everything_of(full(learner))
    monkeypatch.setattr(services, "_shut", Mock(side_effect=RuntimeError))
    with pytest.raises(RuntimeError):
        close(learner)
    assert (everything_of(learner), Mail.objects.count()) == (before, 1)


def test_key_of_a_closed_account_opens_nothing(learner):
    key = Token.objects.create(user=learner).key
    close(learner)
    assert Client().get("/api/v1/enrolments/", headers={"authorization": f"Token {key}"}).status_code == 401


def test_waiting_mails_are_not_sent_and_sent_ones_forgotten(learner):
    for address in (ADDRESS, "eve@example.org"):
        queue_mail(to=address, subject="Hello", body="Hello", language="en")
    close(learner)
    drain()
    assert [message.to for message in mail.outbox] == [["eve@example.org"]]
    assert list(Mail.objects.values_list("recipient", flat=True)) == ["eve@example.org"]


def test_same_address_begins_anew_as_somebody_else(learner, ask_for_code, use_code, signed_in):
    close(learner)
    use_code(ask_for_code(ADDRESS))
    anew = User.objects.get(email=ADDRESS)
    assert (signed_in(), anew.pk == learner.pk, User.objects.count()) == (ADDRESS, False, 2)


@pytest.mark.parametrize(
    "typed, error",
    [
        ("", "Type your e-mail address."),
        ("eve@example.org", "This is not the address of this account. Please check it."),
    ],
)
def test_closing_wants_to_be_confirmed(typed, error, browser, learner):
    page = browser.post(URL, {"email": typed})
    assert (page.status_code, page.context["form"].errors) == (422, {"email": [error]})
    learner.refresh_from_db()
    assert (learner.email, learner.closed_at) == (ADDRESS, None)


def test_address_in_a_link_confirms_nothing(browser, learner):
    assert browser.get(URL, {"email": ADDRESS}).status_code == 200
    learner.refresh_from_db()
    assert learner.closed_at is None


def test_page_says_what_goes_what_stays_and_for_how_long(browser, settings):
    settings.CERTIFICATE_RETENTION_YEARS = 9
    page = browser.get(URL).content.decode()
    said = ("What is deleted", "What stays, and why", "for 9 years after", 'href="/en/training/"')
    assert [text in page for text in said] == [True] * 4


def test_profile_leads_to_it(browser):
    assert f'href="{URL}"' in browser.get("/en/profile/").content.decode()


def test_closing_needs_a_person(client):
    assert client.get(URL).url == f"/en/sign-in/?next={URL}"


def test_form_needs_its_token(learner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(URL, {"email": ADDRESS}).status_code == 403


@pytest.mark.parametrize("make", [{"is_superuser": True}, {}], ids=["superuser", "role"])
def test_only_administrator_stays(make, browser, learner):
    User.objects.filter(pk=learner.pk).update(**make, language="en")
    if not make:
        RoleGrant.objects.create(user=learner, role=Role.ADMINISTRATOR)
    learner.refresh_from_db()
    with pytest.raises(LastAdministrator):
        close(learner)
    pages = [browser.get(URL), browser.post(URL, {"email": ADDRESS})]
    assert ["You are the only administrator" in page.content.decode() for page in pages] == [True, True]
    learner.refresh_from_db()
    assert (learner.closed_at, learner.email) == (None, ADDRESS)


@pytest.mark.parametrize("other, may_go", [({}, True), ({"is_active": False}, False)])
def test_one_of_two_administrators_may_go(other, may_go, learner):
    RoleGrant.objects.create(user=learner, role=Role.ADMINISTRATOR)
    RoleGrant.objects.create(user=User.objects.create_user("boss@example.org", **other), role=Role.ADMINISTRATOR)
    if may_go:
        close(learner)
    else:
        with pytest.raises(LastAdministrator):
            close(learner)
    learner.refresh_from_db()
    assert learner.is_active is not may_go


def test_stranger_closes_nobodys_account(learner):
    with pytest.raises(PermissionDenied):
        services.close_account(user=learner, by=User.objects.create_user("eve@example.org"))


def test_closing_twice_changes_nothing(learner, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    close(learner)
    monkeypatch.setattr(timezone, "now", lambda: NOW.replace(year=2030))
    close(learner)
    assert User.objects.get().closed_at == NOW


def test_demonstration_makes_its_person_anew(client, settings, signed_in):
    settings.DEMO = True
    client.post("/en/sign-in/demo/", {"person": "learner"})
    close(User.objects.get(email="jordan.lee@example.org"))
    Client().get("/en/sign-in/")
    client.post("/en/sign-in/demo/", {"person": "learner"})
    assert (signed_in(), User.objects.count()) == ("jordan.lee@example.org", 2)
