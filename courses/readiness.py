"""A draft as it would be released now: what keeps each language from it, and how it differs from its editions."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from django.utils import timezone

from courses.building import build
from courses.choices import LOCALES
from courses.differences import Difference, differences, in_locales, same
from courses.document import Document, digest, encode
from courses.freshness import State
from courses.models import Module, Release, ReviewRequest, SignOff
from courses.publishing import Issue, publish_issues
from courses.queries import latest_releases
from courses.review import DraftState, draft_state, owed
from courses.rules import MISSING, Finding, numerals, texts
from courses.texts import Translated, all_translations_of


class Draft:
    """Reads everything once, when it is first asked for; a page or a service makes one of its own."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self._documents: dict[tuple[str, ...], Document] = {}

    def document(self, locales: Sequence[str] = LOCALES) -> Document:
        """Exactly what a release in `locales` would hold."""
        wanted = tuple(locale for locale in LOCALES if locale in locales)
        if wanted not in self._documents:
            whole = wanted == LOCALES
            self._documents[wanted] = build(self.module, LOCALES) if whole else in_locales(self.document(), wanted)
        return self._documents[wanted]

    @cached_property
    def digest(self) -> str:
        """Of the draft in both languages: what reviewers sign."""
        return digest(encode(self.document()))

    @cached_property
    def texts(self) -> list[Translated]:
        """Every text there is room for, also those that stand in no language."""
        return all_translations_of(self.module)

    @cached_property
    def releases(self) -> Mapping[str, Release]:
        """Locale → the newest edition that holds it, open or not."""
        return latest_releases(self.module)

    def issues(self, locales: Sequence[str] = LOCALES) -> list[Issue]:
        """Every reason why `locales` cannot be released as they stand.

        A text that may be left out of both languages is owed in one when the other has it, whichever is released.
        """
        missing = [Issue(finding) for finding in texts(self.document()) if finding.locale in locales]
        broken = publish_issues(self.document(locales), timezone.localdate())
        waiting = owed(self.module.sign_offs, self.given, locales)
        return [
            *missing,
            *(Issue(finding) for finding in self._uneven(locales)),
            *(issue for issue in broken if issue.code not in {*MISSING, "courses.E019"}),
            *(_lagging(item) for locale in locales for item in self.texts if _lags(item, locale)),
            *(Issue(Finding("courses.E022", name=kind)) for kind in waiting),
        ]

    def _uneven(self, locales: Sequence[str]) -> list[Finding]:
        """Numbers that differ between the languages: the translation owes them, and does not keep its source back."""
        owes = {(item.text.place, item.text.field): item.target for item in self.texts}
        found = numerals(self.document())
        return [finding for finding in found if owes.get((finding.place, finding.name), locales[0]) in locales]

    def unchanged(self, locale: str) -> bool:
        """Does the newest edition in this language say what the draft says?"""
        release = self.releases.get(locale)
        return release is not None and same(release.content, self.document(), locale)

    def changes(self, release: Release, locales: Sequence[str]) -> list[Difference]:
        """Since a release, in some of its languages."""
        return differences(release.content, self.document(), locales)

    @cached_property
    def sign_offs(self) -> list[SignOff]:
        """The newest of each kind, of this draft or an earlier one."""
        rows = self.module.sign_off_rows.select_related("by").order_by("kind", "-id")
        newest: dict[str, SignOff] = {}
        for row in rows:
            newest.setdefault(row.kind, row)
        return list(newest.values())

    @property
    def given(self) -> dict[str, bool]:
        """Kind → whether they approve of this very draft."""
        return {row.kind: row.approved for row in self.sign_offs if row.digest == self.digest}

    @cached_property
    def request(self) -> ReviewRequest | None:
        return self.module.review_requests.filter(digest=self.digest).select_related("by").first()

    @property
    def state(self) -> DraftState:
        return draft_state(
            released=bool(self.releases) and all(self.unchanged(locale) for locale in self.releases),
            requested=self.request is not None,
            asked=self.module.sign_offs,
            given=self.given,
        )


def _lags(item: Translated, locale: str) -> bool:
    return item.state is State.STALE and item.target == locale


def _lagging(item: Translated) -> Issue:
    return Issue(Finding("courses.E020", item.text.place, item.text.field, item.target), item.text.part)
