"""The editions of a module: which learners may start, what happened to each, and what it changed."""

from typing import Any

from courses.choices import Availability
from courses.differences import differences
from courses.models import Module, Release, ReleaseEvent
from courses.queries import availabilities
from learning.queries import learners_in
from studio.presenting.differences import in_words
from studio.presenting.review import AVAILABILITIES, availability
from studio.wording import LANGUAGES

Context = dict[str, Any]

NEXT = {
    Availability.OPENED: (Availability.WITHDRAWN, Availability.RECALLED),
    Availability.WITHDRAWN: (Availability.OPENED, Availability.RECALLED),
    Availability.RECALLED: (Availability.OPENED,),
}


def releases_of(module: Module) -> list[Context]:
    """The newest first; three queries, however many there are."""
    releases = list(module.releases.defer("document").select_related("created_by"))
    newest = availabilities(releases)
    return [
        {
            "number": release.number,
            "created_at": release.created_at,
            "created_by": release.created_by,
            "languages": _languages(release, newest),
        }
        for release in releases
    ]


def _languages(release: Release, newest: dict[tuple[int, str], ReleaseEvent]) -> list[Context]:
    return [
        {"locale": locale, "name": LANGUAGES[locale], **(availability(newest.get((release.pk, locale))) or {})}
        for locale in release.locales
    ]


def release_in_words(release: Release) -> Context:
    """In three queries, and one for the edition before it."""
    return {
        "release": release,
        "learners": learners_in(release),
        "languages": _languages(release, availabilities([release])),
        "events": [
            {"event": event, "language": LANGUAGES[event.locale], "label": label, "kind": kind}
            for event in release.events.select_related("by")
            for label, kind in [AVAILABILITIES[event.kind]]
        ],
        "changes": _changes(release),
    }


def _changes(release: Release) -> Context | None:
    """Against the edition before it in the same language; None for the first one."""
    earlier = release.module.releases.filter(number__lt=release.number).defer("document")
    before = next((row for row in earlier if set(row.locales) & set(release.locales)), None)
    if before is None:
        return None
    found = differences(before.content, release.content)
    return {"edition": before.number, "groups": in_words(found, before.content, release.content)}
