"""Which releases learners may start, and the settings there are."""

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from courses.choices import Availability
from courses.models import Release, ReleaseEvent, Setting


def open_releases(locale: str) -> QuerySet[Release]:
    """Releases whose latest event for `locale` opened it, the newest of each module first."""
    latest = ReleaseEvent.objects.filter(release=OuterRef("pk"), locale=locale).order_by("-id").values("kind")[:1]
    return (
        Release.objects.annotate(availability=Subquery(latest))
        .filter(availability=Availability.OPENED)
        .select_related("module")
        .order_by("module__released_on", "module_id", "-number")
    )


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
