"""Where a draft stands between writing and release. Pure."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from courses.choices import SignOffKind

# A reviewer of the Spanish has nothing to say of an edition that holds none.
_ONLY_FOR = {SignOffKind.SPANISH_EDITOR: "es"}


class DraftState(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in-review"
    APPROVED = "approved"
    RELEASED = "released"


def draft_state(*, released: bool, requested: bool, asked: Iterable[str], given: Mapping[str, bool]) -> DraftState:
    """All of it of the draft as it stands: `given` maps who has read it to whether they approve.

    Without anybody asked for, one approval is enough. A refusal by anybody keeps it in review.
    """
    if released:
        return DraftState.RELEASED
    if given and all(given.values()) and set(asked) <= given.keys():
        return DraftState.APPROVED
    return DraftState.IN_REVIEW if requested or given else DraftState.DRAFT


def owed(asked: Iterable[str], given: Mapping[str, bool], locales: Iterable[str]) -> list[str]:
    """The sign-offs that an edition in `locales` still waits for, in the order of the list of kinds."""
    there = set(locales)
    wanted = {kind for kind in asked if kind not in _ONLY_FOR or _ONLY_FOR[kind] in there}
    return [kind for kind in SignOffKind if kind in wanted and not given.get(kind)]
