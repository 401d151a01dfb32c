from django.core.exceptions import PermissionDenied
from django.db import transaction
from rest_framework.authtoken.models import Token

from accounts.models import Profile, User
from accounts.permissions import may_change_profile


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


def _refuse_strangers(user: User, by: User) -> None:
    if not may_change_profile(by, user):
        raise PermissionDenied
