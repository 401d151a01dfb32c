"""The verbs on releases."""

from collections.abc import Sequence

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from courses.building import build
from courses.choices import LOCALES, Availability
from courses.document import digest, encode
from courses.models import Module, Release, ReleaseEvent
from courses.publishing import Issue, publish_issues


class NotPublishable(Exception):
    """Carries every issue, not only the first."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        super().__init__("\n".join(str(issue) for issue in issues))
        self.issues = issues


@transaction.atomic
def publish(
    *, module: Module, by: AbstractBaseUser | None, locales: Sequence[str] = LOCALES, note: str = ""
) -> Release:
    """Freezes the draft into a new release open in `locales`; an unchanged draft returns the release it made before.

    Raises NotPublishable.
    """
    module = Module.objects.select_for_update().get(pk=module.pk)
    document = build(module, locales)
    if issues := publish_issues(document, timezone.localdate()):
        raise NotPublishable(issues)
    data = encode(document)
    latest = module.releases.first()
    if latest and latest.digest == digest(data):
        return latest
    release = Release.objects.create(
        module=module,
        number=latest.number + 1 if latest else 1,
        locales=list(locales),
        document=data.decode(),
        digest=digest(data),
        created_by=by,
    )
    ReleaseEvent.objects.bulk_create(
        ReleaseEvent(release=release, locale=locale, kind=Availability.OPENED, reason=note, by=by) for locale in locales
    )
    return release


@transaction.atomic
def withdraw(*, release: Release, locale: str, reason: str, by: AbstractBaseUser) -> ReleaseEvent:
    """Stops new enrolments in one language of a release; people in progress finish."""
    return ReleaseEvent.objects.create(
        release=release, locale=locale, kind=Availability.WITHDRAWN, reason=reason, by=by
    )
