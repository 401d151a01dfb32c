"""Who holds which role, and who gave and took roles."""

from typing import Any

from django.db.models import Prefetch, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.choices import Role
from accounts.models import RoleGrant, User
from accounts.permissions import ALLOWED, May
from studio.wording import LANGUAGES

Context = dict[str, Any]
LATEST = 100
RIGHTS: dict[May, Promise] = {
    May.READ_DRAFTS: gettext_lazy("Read drafts, history and previews"),
    May.EDIT_DRAFTS: gettext_lazy("Write modules in every language"),
    May.TRANSLATE: gettext_lazy("Translate into their language"),
    May.SIGN_OFF: gettext_lazy("Sign off"),
    May.PUBLISH: gettext_lazy("Publish and withdraw"),
    May.SEE_LEARNERS: gettext_lazy("See learners and results"),
    May.HELP_LEARNERS: gettext_lazy("Grant another attempt"),
    May.CORRECT_CERTIFICATES: gettext_lazy("Correct names and licenses on certificates"),
    May.REVOKE_CERTIFICATES: gettext_lazy("Revoke certificates"),
    May.REISSUE_CERTIFICATES: gettext_lazy("Reissue the certificates of a module"),
    May.GRANT_ROLES: gettext_lazy("Give and take away roles"),
}


def matrix() -> Context:
    """The table of accounts/permissions.py in words."""
    lines = [{"role": role.label, "cells": [role in ALLOWED[what] for what in RIGHTS]} for role in Role]
    return {"rights": list(RIGHTS.values()), "lines": lines}


def holders(reader: User) -> list[Context]:
    """Each person once, with their roles; a superuser of the back office is an administrator without a grant."""
    held = Q(role_grants__isnull=False, role_grants__ended_at=None)
    grants = Prefetch("role_grants", RoleGrant.objects.held().select_related("by"))
    people = User.objects.filter(Q(is_superuser=True) | held).distinct().order_by("email")
    return [_person(user, reader) for user in people.select_related("profile").prefetch_related(grants)]


def _person(user: User, reader: User) -> Context:
    profile = getattr(user, "profile", None)
    return {
        "email": user.email,
        "name": profile.printed_name if profile else "",
        "is_closed": not user.is_active,
        "is_reader": user == reader,
        "is_superuser": user.is_superuser,
        "grants": [
            {"pk": grant.pk, "role": role_in_words(grant), "by": _who(grant.by), "at": grant.at}
            for grant in user.role_grants.all()
        ],
    }


def history() -> list[Context]:
    """The latest givings and takings, the newest first."""
    grants = RoleGrant.objects.select_related("user", "by", "ended_by")
    given = [_event(grant, grant.at, grant.by, pgettext("role", "given")) for grant in grants.order_by("-at")[:LATEST]]
    taken = [
        _event(grant, grant.ended_at, grant.ended_by, pgettext("role", "taken away"))
        for grant in grants.filter(ended_at__isnull=False).order_by("-ended_at")[:LATEST]
    ]
    return sorted([*given, *taken], key=lambda event: event["at"], reverse=True)[:LATEST]


def _event(grant: RoleGrant, at: Any, by: User | None, what: str) -> Context:
    return {"at": at, "email": grant.user.email, "role": role_in_words(grant), "what": what, "by": _who(by)}


def role_in_words(grant: RoleGrant) -> str:
    if grant.role == Role.TRANSLATOR:
        return _("Translator into %(language)s") % {"language": LANGUAGES[grant.scope]}
    return str(grant.get_role_display())


def _who(user: User | None) -> str:
    return user.email if user else _("A command on the server")
