from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from rest_framework.authtoken.models import Token

from accounts.choices import Role
from accounts.exceptions import LastAdministrator, NobodyThere
from accounts.models import Profile, RoleGrant, User
from accounts.permissions import May, may_change_profile, require
from accounts.queries import administrators


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


def _require_power(by: User | None) -> None:
    if by is not None:
        require(by, May.GRANT_ROLES)


def _refuse_strangers(user: User, by: User) -> None:
    if not may_change_profile(by, user):
        raise PermissionDenied
