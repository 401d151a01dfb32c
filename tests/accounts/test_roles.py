"""Giving and taking away roles."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from accounts.choices import Role
from accounts.exceptions import LastAdministrator, NobodyThere
from accounts.models import RoleGrant, User
from accounts.permissions import ALLOWED, May, Rights, rights_of
from accounts.services import grant_role, revoke_role

pytestmark = pytest.mark.django_db
BELOW = [role for role in Role if role != Role.ADMINISTRATOR]


def somebody(email: str, role: str = "", scope: str = "", **fields) -> User:
    user = User.objects.create_user(email, **fields)
    if role:
        RoleGrant.objects.create(user=user, role=role, scope=scope)
    return user


@pytest.fixture
def boss() -> User:
    return somebody("boss@example.org", Role.ADMINISTRATOR)


def held() -> set[tuple[str, str, str]]:
    return set(RoleGrant.objects.held().values_list("user__email", "role", "scope"))


def test_role_is_given_once_and_says_by_whom(boss, learner):
    first = grant_role(email="ANA@example.org", role=Role.TRANSLATOR, scope="es", by=boss)
    again = grant_role(email="ana@example.org", role=Role.TRANSLATOR, scope="es", by=boss)
    assert (first.pk, first.by) == (again.pk, boss)
    assert held() == {("boss@example.org", "administrator", ""), ("ana@example.org", "translator", "es")}
    assert (Rights(learner).may_write("es"), Rights(learner).may_write("en")) == (True, False)


def test_role_taken_away_ends_and_stays_to_be_read(boss, learner):
    grant = grant_role(email=learner.email, role=Role.AUTHOR, by=boss)
    revoke_role(grant=grant, by=boss)
    grant.refresh_from_db()
    assert (Rights(learner).roles, grant.ended_by, grant.ended_at is not None) == (frozenset(), boss, True)
    ended_at = grant.ended_at
    revoke_role(grant=grant, by=boss)
    grant.refresh_from_db()
    assert grant.ended_at == ended_at
    assert grant_role(email=learner.email, role=Role.AUTHOR, by=boss).pk != grant.pk


@pytest.mark.parametrize("role", ["", *BELOW])
def test_whoever_is_no_administrator_neither_gives_nor_takes_away(role, boss, learner):
    by = somebody("other@example.org", role, "es" if role == Role.TRANSLATOR else "")
    before = held()
    with pytest.raises(PermissionDenied):
        grant_role(email=by.email, role=Role.ADMINISTRATOR, by=by)
    with pytest.raises(PermissionDenied):
        revoke_role(grant=RoleGrant.objects.get(user=boss), by=by)
    assert held() == before


@pytest.mark.parametrize("email", ["nobody@example.org", "closed@example.org"])
def test_role_for_nobody_who_can_sign_in_is_refused(email, boss):
    somebody("closed@example.org", is_active=False)
    with pytest.raises(NobodyThere):
        grant_role(email=email, role=Role.AUTHOR, by=boss)
    assert held() == {("boss@example.org", "administrator", "")}


def test_last_administrator_cannot_be_taken_away(boss):
    somebody("closed@example.org", Role.ADMINISTRATOR, is_active=False)
    former = somebody("former@example.org", Role.ADMINISTRATOR)
    revoke_role(grant=RoleGrant.objects.get(user=former), by=boss)
    with pytest.raises(LastAdministrator):
        revoke_role(grant=RoleGrant.objects.get(user=boss), by=boss)
    assert ("boss@example.org", "administrator", "") in held()


@pytest.mark.parametrize("fields", [{"role": Role.ADMINISTRATOR}, {"is_superuser": True}])
def test_administrator_may_go_when_another_is_left(fields, boss):
    somebody("next@example.org", **fields)
    revoke_role(grant=RoleGrant.objects.get(user=boss), by=boss)
    assert ("boss@example.org", "administrator", "") not in held()


def test_last_administrator_may_lay_down_another_role(boss):
    grant = grant_role(email=boss.email, role=Role.AUTHOR, by=boss)
    revoke_role(grant=grant, by=boss)
    assert held() == {("boss@example.org", "administrator", "")}


def test_closed_account_may_do_nothing():
    person = somebody("closed@example.org", Role.ADMINISTRATOR, is_active=False)
    assert [what for what in May if rights_of(person).may(what)] == []


def test_administrator_and_superuser_may_do_everything(boss):
    root = somebody("root@example.org", is_superuser=True)
    for person in (boss, root):
        assert {what for what in May if rights_of(person).may(what)} == set(May)
    assert all(Role.ADMINISTRATOR in roles for roles in ALLOWED.values())


@pytest.mark.parametrize("is_new", [True, False])
def test_command_makes_the_first_administrator(is_new, capsys):
    if not is_new:
        somebody("first@example.org")
    call_command("grant_role", "First@example.org", "administrator")
    call_command("grant_role", "first@example.org", "administrator")
    call_command("grant_role", "first@example.org", "translator", "--language", "es")
    assert capsys.readouterr().out.splitlines() == [
        "first@example.org is administrator",
        "first@example.org is administrator",
        "first@example.org is translator es",
    ]
    assert held() == {("first@example.org", "administrator", ""), ("first@example.org", "translator", "es")}
    assert [grant.by for grant in RoleGrant.objects.all()] == [None, None]


@pytest.mark.parametrize(
    "arguments, complaint",
    [
        (["ana@example.org", "translator"], "needs --language"),
        (["ana@example.org", "author", "--language", "es"], "needs --language"),
        (["ana@example.org", "boss"], "invalid choice"),
        (["ana@example.org", "translator", "--language", "fr"], "invalid choice"),
        (["ana", "author"], "no e-mail address"),
        (["closed@example.org", "author"], "is closed"),
    ],
)
def test_command_refuses_what_makes_no_sense(arguments, complaint):
    somebody("closed@example.org", is_active=False)
    with pytest.raises(CommandError, match=complaint):
        call_command("grant_role", *arguments)
    assert (held(), User.objects.count()) == (set(), 1)
