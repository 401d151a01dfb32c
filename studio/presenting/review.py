"""Where a draft stands, in words: its state, each language, and who has said what of it."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.choices import LOCALES, Availability, SignOffKind
from courses.models import Release, ReleaseEvent, SignOff
from courses.queries import availabilities
from courses.readiness import Draft
from courses.review import DraftState
from studio.presenting.differences import in_words
from studio.presenting.labels import SIGN_OFFS
from studio.wording import LANGUAGES

Context = dict[str, Any]

STATES: dict[DraftState, tuple[Promise, str, Promise]] = {
    DraftState.DRAFT: (
        pgettext_lazy("state of a draft", "Draft"),
        "warning",
        gettext_lazy("Nobody has been asked to read it as it stands."),
    ),
    DraftState.IN_REVIEW: (
        pgettext_lazy("state of a draft", "In review"),
        "info",
        gettext_lazy("Reviewers are asked to read it as it stands. Any edit makes it a draft again."),
    ),
    DraftState.APPROVED: (
        pgettext_lazy("state of a draft", "Approved"),
        "success",
        gettext_lazy("Everybody who was asked approves it as it stands. Any edit makes it a draft again."),
    ),
    DraftState.RELEASED: (
        pgettext_lazy("state of a draft", "Published"),
        "success",
        gettext_lazy("The editions that learners read say what the draft says."),
    ),
}
AVAILABILITIES: dict[str, tuple[Promise, str]] = {
    Availability.OPENED: (pgettext_lazy("edition", "Open"), "success"),
    Availability.WITHDRAWN: (pgettext_lazy("edition", "Withdrawn"), "warning"),
    Availability.RECALLED: (pgettext_lazy("edition", "Recalled"), "error"),
}


def state_in_words(draft: Draft) -> Context:
    label, kind, text = STATES[draft.state]
    return {"label": label, "kind": kind, "text": text, "request": draft.request}


def languages(draft: Draft) -> list[Context]:
    """Each language: the edition it stands at, whether the draft says more, and whether it could be published."""
    events = availabilities(draft.releases.values())
    return [_language(draft, locale, events) for locale in LOCALES]


def _language(draft: Draft, locale: str, events: dict[tuple[int, str], ReleaseEvent]) -> Context:
    release = draft.releases.get(locale)
    newest = max((other.number for other in draft.releases.values()), default=0)
    reasons = len(draft.issues((locale,)))
    unchanged = draft.unchanged(locale)
    return {
        "locale": locale,
        "name": LANGUAGES[locale],
        "edition": release.number if release else 0,
        "newest": newest if release and release.number < newest else 0,
        "availability": availability(events.get((release.pk, locale))) if release else None,
        "unchanged": unchanged,
        "reasons": reasons,
        "publishable": not reasons and not unchanged,
    }


def availability(event: ReleaseEvent | None) -> Context | None:
    if event is None:
        return None
    label, kind = AVAILABILITIES[event.kind]
    return {"label": label, "kind": kind, "event": event}


def sign_offs(draft: Draft) -> list[Context]:
    """Those asked for and those given, each with its newest word."""
    given = {row.kind: row for row in draft.sign_offs}
    wanted = [kind for kind in SignOffKind if kind in given or kind in draft.module.sign_offs]
    return [_sign_off(draft, kind, given.get(kind)) for kind in wanted]


def _sign_off(draft: Draft, kind: SignOffKind, row: SignOff | None) -> Context:
    label, tone = _verdict(row, current=row is not None and row.digest == draft.digest)
    return {"name": SIGN_OFFS[kind], "asked": kind in draft.module.sign_offs, "label": label, "kind": tone, "row": row}


def _verdict(row: SignOff | None, *, current: bool) -> tuple[str, str]:
    if row is None:
        return _("Not given yet"), "missing"
    if not current:
        return _("Of an earlier draft"), "stale"
    return (_("Approved"), "success") if row.approved else (_("Not ready"), "error")


def changes(draft: Draft) -> list[Context]:
    """Since the newest edition of each language; both languages together where that is one and the same."""
    editions: dict[Release, list[str]] = {}
    for locale, release in draft.releases.items():
        editions.setdefault(release, []).append(locale)
    return [
        {
            "edition": release.number,
            "languages": [LANGUAGES[locale] for locale in locales],
            "groups": in_words(draft.changes(release, locales), release.content, draft.document()),
        }
        for release, locales in editions.items()
    ]
