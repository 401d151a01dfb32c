"""What stands around a studio page: the areas somebody may enter, and the pages of the module they are in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as django_render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.permissions import May, Rights, rights_of
from courses.models import Module
from studio.presenting.naming import named

Item = dict[str, Any]

# Name of the address, label, and what one must be allowed to (one of them).
AREAS: list[tuple[str, Promise, set[May]]] = [
    ("home", _("Modules"), {May.READ_DRAFTS, May.SEE_LEARNERS}),
    ("glossary", _("Glossary"), {May.READ_DRAFTS}),
    ("settings", _("Professional settings"), {May.READ_DRAFTS}),
    ("find-learner", _("Learners"), {May.SEE_LEARNERS}),
    ("find-certificate", _("Certificates"), {May.SEE_LEARNERS}),
    ("corrections", _("Corrections"), {May.CORRECT_CERTIFICATES}),
    ("people", _("People and roles"), {May.GRANT_ROLES}),
]
TABS: list[tuple[str, Promise, set[May]]] = [
    ("outline", _("Outline"), {May.READ_DRAFTS}),
    ("details", _("Details"), {May.READ_DRAFTS}),
    ("map", _("Branch map"), {May.READ_DRAFTS}),
    ("desk", _("Translations"), {May.READ_DRAFTS}),
    ("bank", _("Questions"), {May.READ_DRAFTS}),
    ("preview", _("Preview"), {May.READ_DRAFTS}),
    ("review", _("Review and publish"), {May.READ_DRAFTS}),
    ("history", _("History"), {May.READ_DRAFTS}),
    ("package", _("Files"), {May.READ_DRAFTS}),
    ("learners", _("Learners"), {May.SEE_LEARNERS}),
    ("reissues", pgettext_lazy("certificates", "Reissue"), {May.REISSUE_CERTIFICATES}),
]


def render(request: HttpRequest, template: str, context: dict, *, current: str, status: int = 200) -> HttpResponse:
    """A page of the studio; `current` is the name of the area or tab it belongs to."""
    module: Module | None = context.get("module")
    rights = rights_of(request.user)
    studio = {
        "areas": _items(AREAS, rights, "home" if module else current, []),
        "tabs": _items(TABS, rights, current, [module.key]) if module else [],
        "module_title": named(module, "title") if module else "",
        "rights": rights_for_templates(rights),
    }
    return django_render(request, template, {**context, "studio": studio}, status=status)


def _items(places: list[tuple[str, Promise, set[May]]], rights: Rights, current: str, arguments: list) -> list[Item]:
    return [
        {"label": label, "url": reverse(f"studio:{name}", args=arguments), "current": name == current}
        for name, label, needed in places
        if any(rights.may(what) for what in needed)
    ]


def rights_for_templates(rights: Rights) -> dict[str, bool]:
    """`studio.rights.edit_drafts` and so on: to show a button only to whom it would obey."""
    return {what.value.replace(" ", "_"): rights.may(what) for what in May}
