"""The verbs on releases."""

from collections.abc import Sequence

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from courses.choices import LOCALES, Availability
from courses.document import digest, encode
from courses.errors import StaleDraft
from courses.models import Module, Release, ReleaseEvent
from courses.publishing import Issue
from courses.readiness import Draft
from courses.services.drafts import lock


class NotPublishable(Exception):
    """Carries every issue, not only the first."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        super().__init__("\n".join(str(issue) for issue in issues))
        self.issues = issues


@transaction.atomic
def publish(
    *,
    module: Module,
    by: AbstractBaseUser | None,
    locales: Sequence[str] = LOCALES,
    note: str = "",
    seen: str = "",
) -> Release:
    """Freezes the draft into a new release open in `locales`; a draft that says nothing new in any of them returns the
    newest release it made before, open or withdrawn as that may be.

    `seen` is the digest of the draft that somebody looked at. Raises NotPublishable, StaleDraft.
    """
    draft = Draft(lock(module))
    if seen and seen != draft.digest:
        raise StaleDraft
    if all(draft.unchanged(locale) for locale in locales):
        return max((draft.releases[locale] for locale in locales), key=lambda release: release.number)
    if issues := draft.issues(locales):
        raise NotPublishable(issues)
    return _freeze(draft, locales, note, by)


def _freeze(draft: Draft, locales: Sequence[str], note: str, by: AbstractBaseUser | None) -> Release:
    document = draft.document(locales)
    data = encode(document)
    release = Release.objects.create(
        module=draft.module,
        number=max((release.number for release in draft.releases.values()), default=0) + 1,
        locales=list(document.locales),
        document=data.decode(),
        digest=digest(data),
        created_by=by,
    )
    ReleaseEvent.objects.bulk_create(
        ReleaseEvent(release=release, locale=locale, kind=Availability.OPENED, reason=note, by=by)
        for locale in document.locales
    )
    return release


@transaction.atomic
def withdraw(*, release: Release, locale: str, reason: str, by: AbstractBaseUser) -> ReleaseEvent:
    """Stops new enrolments in one language of a release; people in progress finish."""
    return _say(release, locale, Availability.WITHDRAWN, reason, by)


@transaction.atomic
def recall(*, release: Release, locale: str, reason: str, by: AbstractBaseUser) -> ReleaseEvent:
    """Withdraws what could do harm: people in progress in this language move to a newer release, with a receipt."""
    return _say(release, locale, Availability.RECALLED, reason, by)


@transaction.atomic
def open_again(*, release: Release, locale: str, reason: str, by: AbstractBaseUser) -> ReleaseEvent:
    return _say(release, locale, Availability.OPENED, reason, by)


def _say(release: Release, locale: str, kind: Availability, reason: str, by: AbstractBaseUser) -> ReleaseEvent:
    """What already holds is not said twice. Raises KeyError for a language that the release does not have."""
    lock(release.module)
    if locale not in release.locales:
        raise KeyError(locale)
    latest = release.events.filter(locale=locale).last()
    if latest and latest.kind == kind:
        return latest
    return ReleaseEvent.objects.create(release=release, locale=locale, kind=kind, reason=reason, by=by)
