"""Somebody of the staff who may change people gives nobody more powers than they have, themselves included."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission

from accounts.models import RoleGrant, User
from tests import factories
from tests.security.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> User:
    """Of the staff, with every permission there is, and no superuser."""
    person = factories.user("clerk@example.org", is_staff=True)
    person.user_permissions.set(Permission.objects.all())
    return person


def form_of(person: User, **changed) -> dict:
    inline = {f"profile-{name}": value for name, value in {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}.items()}
    joined = {"language": person.language, "is_active": "on", "email": person.email}
    return {**joined, **inline, **changed}


POWERS = {"is_staff": "on", "is_superuser": "on"}


def powers() -> dict[str, tuple[bool, bool]]:
    return {user.email: (user.is_staff, user.is_superuser) for user in User.objects.all()}


def change(by: User, person: User, **changed):
    return signed_in(by).post(f"/admin/accounts/user/{person.pk}/change/", form_of(person, **changed))


def test_clerk_changes_a_learner_but_gives_no_powers(clerk):
    group, person = Group.objects.create(name="all"), factories.user("ana@example.org")
    assert change(clerk, person, language="es", groups=[group.pk], **POWERS).status_code == 302
    person.refresh_from_db()
    assert (person.language, person.is_staff, person.is_superuser, person.groups.count()) == ("es", False, False, 0)


def test_clerk_makes_no_person_with_powers(clerk):
    signed_in(clerk).post("/admin/accounts/user/add/", form_of(User(email="new@example.org"), **POWERS))
    assert powers() == {"clerk@example.org": (True, False), "new@example.org": (False, False)}


@pytest.mark.parametrize(
    "fields, role", [({"is_superuser": True}, ""), ({"is_staff": True}, ""), ({}, "administrator")]
)
def test_clerk_takes_over_nobody_with_powers(fields, role, clerk):
    person = factories.user("boss@example.org", **fields)
    if role:
        RoleGrant.objects.create(user=person, role=role)
    before = powers()
    assert change(clerk, person, email="mine@example.org").status_code == 403
    assert signed_in(clerk).post(f"/admin/accounts/user/{person.pk}/delete/", {"post": "yes"}).status_code == 403
    bulk = {"action": "delete_selected", "_selected_action": [person.pk], "post": "yes"}
    signed_in(clerk).post("/admin/accounts/user/", bulk)
    assert powers() == before


def test_clerk_gives_themselves_nothing(clerk):
    assert change(clerk, clerk, **POWERS).status_code == 403
    assert powers() == {"clerk@example.org": (True, False)}


def test_clerk_writes_no_group_and_no_role(clerk):
    group = Group.objects.create(name="all")
    browser = signed_in(clerk)
    assert [
        browser.post("/admin/auth/group/add/", {"name": "mine"}).status_code,
        browser.post(f"/admin/auth/group/{group.pk}/change/", {"name": "mine"}).status_code,
        browser.post("/admin/accounts/rolegrant/add/", {"user": clerk.pk, "role": "administrator"}).status_code,
    ] == [403, 403, 403]
    assert (RoleGrant.objects.count(), Group.objects.count()) == (0, 1)


def test_superuser_gives_powers():
    root, person = factories.user("root@example.org", is_staff=True, is_superuser=True), factories.user()
    assert change(root, person, **POWERS).status_code == 302
    assert powers()["nurse@example.org"] == (True, True)


def test_no_page_of_the_back_office_writes_roles():
    request = type("Request", (), {"user": User(is_superuser=True, is_active=True)})()
    page = admin.site._registry[RoleGrant]
    assert not (
        page.has_add_permission(request) or page.has_change_permission(request) or page.has_delete_permission(request)
    )
