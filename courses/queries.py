"""Which releases there are, which of them learners may start, and the settings there are."""

from collections.abc import Iterable

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.utils import timezone

from courses.choices import LOCALES, Availability
from courses.models import Module, Release, ReleaseEvent, Setting


def open_releases(locale: str) -> QuerySet[Release]:
    """Releases whose latest event for `locale` opened it, the newest of each module first."""
    return (
        Release.objects.annotate(availability=availability_in(locale))
        .filter(availability=Availability.OPENED)
        .select_related("module")
        .order_by("module__released_on", "module_id", "-number")
    )


def availability_in(locale: str, release: str = "pk") -> Subquery:
    """The kind of the latest event in a language; `release` is the column of the outer query that names the release."""
    events = ReleaseEvent.objects.filter(release=OuterRef(release), locale=locale)
    return Subquery(events.order_by("-id").values("kind")[:1])


def catalogue(locale: str) -> list[Release]:
    """One release a module: the newest one open in `locale`."""
    newest: dict[int, Release] = {}
    for release in open_releases(locale).defer("document"):
        if release.module_id not in newest and not has_ended(release):
            newest[release.module_id] = release
    return list(newest.values())


def current_release(module_key: str, locale: str) -> Release | None:
    releases = open_releases(locale).filter(module__key=module_key).defer("document")
    return next((release for release in releases if not has_ended(release)), None)


def has_ended(release: Release) -> bool:
    return release.content.terminates_on < timezone.localdate()


def setting_choices(locale: str) -> list[tuple[str, str]]:
    """Key and name of every professional setting, in order."""
    return list(Setting.objects.values_list("key", f"name_{locale}"))


def latest_releases(module: Module) -> dict[str, Release]:
    """Locale → the newest release that holds it, open or not."""
    newest: dict[str, Release] = {}
    for release in module.releases.defer("document"):
        for locale in release.locales:
            newest.setdefault(locale, release)
    return {locale: newest[locale] for locale in LOCALES if locale in newest}


def availabilities(releases: Iterable[Release]) -> dict[tuple[int, str], ReleaseEvent]:
    """(release, locale) → its latest event, with who did it; one query."""
    events = ReleaseEvent.objects.filter(release__in=[release.pk for release in releases])
    latest = events.values("release", "locale").annotate(last=Max("pk")).values("last")
    rows = ReleaseEvent.objects.filter(pk__in=latest).select_related("by")
    return {(event.release_id, event.locale): event for event in rows}
