from datetime import datetime

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from rest_framework.authtoken.models import Token

from accounts.choices import Role
from accounts.exceptions import LastAdministrator, NobodyThere
from accounts.models import Profile, RoleGrant, User
from accounts.permissions import May, may_change_profile, require
from accounts.queries import administrators, is_last_administrator
from jobs.models import Mail

NOWHERE = "closed.invalid"  # by RFC 2606 no mail ever reaches it


def save_profile(
    *, user: User, by: User, printed_name: str, profession: str, state: str, setting: str, language: str
) -> Profile:
    _refuse_strangers(user, by)
    values = {"printed_name": printed_name, "profession": profession, "state": state, "setting": setting}
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(language=language)
        profile, _is_new = Profile.objects.update_or_create(user=user, defaults=values)
    return profile


def remember_setting(*, user: User, by: User, setting: str) -> None:
    """What the next module is opened with; what a learner chose in each one stands in its enrolment."""
    _refuse_strangers(user, by)
    Profile.objects.update_or_create(user=user, defaults={"setting": setting})


def make_token(*, user: User, by: User) -> Token:
    """A new key for the API; the former one stops working."""
    _refuse_strangers(user, by)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)  # or two clicks at once would make two keys
        Token.objects.filter(user=user).delete()
        return Token.objects.create(user=user)


def revoke_token(*, user: User, by: User) -> None:
    _refuse_strangers(user, by)
    Token.objects.filter(user=user).delete()


@transaction.atomic
def grant_role(*, email: str, role: Role, scope: str = "", by: User | None) -> RoleGrant:
    """Gives a role to somebody who has an account, or returns the grant that is there.

    `scope` is a translator's language. `by` is None for whoever runs the server. Raises PermissionDenied, NobodyThere.
    """
    _require_power(by)
    user = User.objects.select_for_update().filter(email=email.lower(), is_active=True).first()
    if user is None:
        raise NobodyThere
    there = RoleGrant.objects.held().filter(user=user, role=role, scope=scope).first()
    return there or RoleGrant.objects.create(user=user, role=role, scope=scope, by=by)


@transaction.atomic
def revoke_role(*, grant: RoleGrant, by: User | None) -> None:
    """Takes a role away; a second time changes nothing. Raises PermissionDenied, LastAdministrator."""
    _require_power(by)
    held = RoleGrant.objects.select_for_update().held()
    list(held.filter(role=Role.ADMINISTRATOR).order_by("pk"))  # or the last two could send each other away at once
    if grant.role == Role.ADMINISTRATOR and not administrators(without=grant).exists():
        raise LastAdministrator
    RoleGrant.objects.held().filter(pk=grant.pk).update(ended_at=timezone.now(), ended_by=by)


@transaction.atomic
def close_account(*, user: User, by: User) -> None:
    """For good: signed out everywhere, and nobody can write to them. What they learned and hold stays theirs, unseen.

    Their address is free to begin anew, as somebody else. A second time changes nothing.
    Raises PermissionDenied, LastAdministrator.
    """
    _refuse_strangers(user, by)
    list(RoleGrant.objects.select_for_update().held().filter(role=Role.ADMINISTRATOR).order_by("pk"))  # as revoke_role
    open_account = User.objects.select_for_update().filter(pk=user.pk, closed_at=None).first()
    if open_account is None:
        return
    if is_last_administrator(open_account):
        raise LastAdministrator
    address, now = open_account.email, timezone.now()
    RoleGrant.objects.held().filter(user=user).update(ended_at=now, ended_by=by)
    Token.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    Mail.objects.filter(recipient=address).delete()
    Profile.objects.filter(user=user).update(printed_name="", profession="", state="", setting="")
    _shut(open_account, now)


def _shut(user: User, now: datetime) -> None:
    """Without a password that fits, and inactive, no session of theirs is taken for them any more."""
    user.email = f"closed-{user.pk}@{NOWHERE}"
    user.is_active = user.is_staff = user.is_superuser = False
    user.closed_at = now
    user.set_unusable_password()
    user.save()


def _require_power(by: User | None) -> None:
    if by is not None:
        require(by, May.GRANT_ROLES)


def _refuse_strangers(user: User, by: User) -> None:
    if not may_change_profile(by, user):
        raise PermissionDenied
