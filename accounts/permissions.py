"""Who may do what: the one table of roles. The state of the thing itself is for the services to judge.

docs/roles.md shows this table to people; tests/studio/test_roles.py tries every address of the studio with every role.
"""

from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from accounts.choices import Role
from accounts.models import RoleGrant, User


class May(StrEnum):
    """What can be done in the studio."""

    READ_DRAFTS = "read drafts"  # the outline, the desk, the bank, history, previews
    EDIT_DRAFTS = "edit drafts"  # structure, settings, and words in every language
    TRANSLATE = "translate"  # words in the languages of one's grant
    SIGN_OFF = "sign off"
    PUBLISH = "publish"  # release, withdraw, open again
    SEE_LEARNERS = "see learners"
    HELP_LEARNERS = "help learners"  # grant an attempt
    CORRECT_CERTIFICATES = "correct certificates"  # decide what learners ask for
    REVOKE_CERTIFICATES = "revoke certificates"
    REISSUE_CERTIFICATES = "reissue certificates"  # a whole module's
    GRANT_ROLES = "grant roles"


_EVERYONE_AT_DRAFTS = {Role.AUTHOR, Role.TRANSLATOR, Role.REVIEWER, Role.PUBLISHER}
_ALLOWED: dict[May, set[Role]] = {
    May.READ_DRAFTS: _EVERYONE_AT_DRAFTS,
    May.EDIT_DRAFTS: {Role.AUTHOR},
    May.TRANSLATE: {Role.AUTHOR, Role.TRANSLATOR},
    May.SIGN_OFF: {Role.REVIEWER, Role.PUBLISHER},
    May.PUBLISH: {Role.PUBLISHER},
    May.SEE_LEARNERS: {Role.SUPPORT},
    May.HELP_LEARNERS: {Role.SUPPORT},
    May.CORRECT_CERTIFICATES: {Role.SUPPORT},
    May.REVOKE_CERTIFICATES: set(),
    May.REISSUE_CERTIFICATES: set(),
    May.GRANT_ROLES: set(),
}

# An administrator may do everything there is.
ALLOWED: dict[May, frozenset[Role]] = {may: frozenset(roles | {Role.ADMINISTRATOR}) for may, roles in _ALLOWED.items()}


class Rights:
    """What somebody may do: read once a request, kept on the user."""

    def __init__(self, user: User | AnonymousUser) -> None:
        self.grants: list[tuple[str, str]] = []
        if user.is_authenticated and user.is_active:
            self.grants = list(RoleGrant.objects.held().filter(user=user).values_list("role", "scope"))
            if user.is_superuser:
                self.grants.append((Role.ADMINISTRATOR, ""))

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(role for role, _scope in self.grants)

    def may(self, what: May) -> bool:
        return bool(self.roles & ALLOWED[what])

    def may_enter_studio(self) -> bool:
        return bool(self.roles)

    def may_write(self, locale: str) -> bool:
        """Words in this language."""
        return self.may(May.EDIT_DRAFTS) or (Role.TRANSLATOR, locale) in self.grants


def rights_of(user: User | AnonymousUser) -> Rights:
    if not hasattr(user, "_rights"):
        user._rights = Rights(user)
    return user._rights


def require(user: User | AnonymousUser, what: May) -> None:
    """Raises PermissionDenied."""
    if not rights_of(user).may(what):
        raise PermissionDenied


def may_see_back_office(user: User | AnonymousUser) -> bool:
    return user.is_active and user.is_staff


def may_change_profile(user: User | AnonymousUser, owner: User) -> bool:
    return user.is_active and (user == owner or may_see_back_office(user))
