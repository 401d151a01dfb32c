"""The modules somebody can work at: what learners have of each, and who changed its draft last."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import May, Rights
from courses.choices import LOCALES
from courses.models import Change, Module, Release
from courses.queries import open_releases
from studio.presenting.naming import named
from studio.wording import LANGUAGES

Context = dict[str, Any]


def cards(rights: Rights) -> list[Context]:
    """In a fixed number of queries, whatever the number of modules."""
    modules = list(Module.objects.all())
    newest = _newest_releases(modules)
    opened = {locale: _numbers(open_releases(locale)) for locale in LOCALES}
    changes = _last_changes()
    return [
        {
            "key": module.key,
            "name": named(module, "title"),
            "url": _url(module, rights),
            "states": _states(newest.get(module.pk), {locale: opened[locale].get(module.pk) for locale in LOCALES}),
            "edited": _is_edited(newest.get(module.pk), changes.get(module.pk)),
            "change": changes.get(module.pk),
        }
        for module in modules
    ]


def _url(module: Module, rights: Rights) -> str:
    page = "outline" if rights.may(May.READ_DRAFTS) else "learners" if rights.may(May.SEE_LEARNERS) else ""
    return reverse(f"studio:{page}", args=[module.key]) if page else ""


def _newest_releases(modules: list[Module]) -> dict[int, Release]:
    releases = Release.objects.filter(module__in=modules).defer("document").order_by("number")
    return {release.module_id: release for release in releases}


def _numbers(releases: Iterable[Release]) -> dict[int, int]:
    """Of the newest release of each module; they come newest first."""
    found: dict[int, int] = {}
    for release in releases.defer("document"):
        found.setdefault(release.module_id, release.number)
    return found


def _last_changes() -> dict[int, Change]:
    newest = Change.objects.exclude(module=None).order_by().values("module").annotate(last=Max("pk")).values("last")
    return {change.module_id: change for change in Change.objects.filter(pk__in=newest).select_related("by")}


def _states(newest: Release | None, opened: dict[str, int | None]) -> list[Context]:
    if newest is None:
        return [{"kind": "", "label": _("Never published")}]
    return [
        {
            "kind": "success" if number else "warning",
            "label": _("%(language)s: edition %(number)d is open") % {"language": LANGUAGES[locale], "number": number}
            if number
            else _("%(language)s: no edition is open") % {"language": LANGUAGES[locale]},
        }
        for locale, number in opened.items()
    ]


def _is_edited(newest: Release | None, change: Change | None) -> bool:
    return bool(newest and change and change.at > newest.created_at)
