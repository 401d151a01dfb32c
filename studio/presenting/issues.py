"""The reasons not to publish, each with what it is about in words and where that is mended."""

from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.publishing import Issue
from courses.readiness import Draft
from studio.links import Places
from studio.presenting.labels import SIGN_OFFS
from studio.presenting.naming import ROLES, Name
from studio.presenting.places import Names, column_of
from studio.wording import COLUMNS, IN_BRACKETS

Context = dict[str, Any]

SIGN_OFF = "courses.E022"
_PARTS = {
    **dict.fromkeys(("courses.E005", "courses.E006", "courses.E007"), "setting"),
    "courses.E018": "objective",
    **dict.fromkeys((f"courses.E{number:03}" for number in range(24, 32)), "offer"),
}
# What is wrong is said by its own name.
_AS_WRITTEN = ("courses.E024", "courses.E027")
_DETAILS: dict[str, Promise] = {
    "unreachable": pgettext_lazy("scene of a case", "cannot be reached"),
    "dead-end": pgettext_lazy("scene of a case", "has neither choices nor an ending"),
    "ending-goes-on": pgettext_lazy("scene of a case", "is an ending and has choices"),
    "loop": pgettext_lazy("scene of a case", "leads back to itself"),
    "leads-nowhere": pgettext_lazy("scene of a case", "has a choice that leads nowhere"),
    "A": _("form A"),
    "B": _("form B"),
    **ROLES,
    **SIGN_OFFS,
}


def issues_in_words(draft: Draft, issues: Sequence[Issue]) -> list[Context]:
    """One group for each kind of reason, in the order in which they were found."""
    texts = [item.text for item in draft.texts]
    names, places = Names(texts), Places(draft.module, texts)
    groups: dict[str, list[Issue]] = {}
    for issue in issues:
        groups.setdefault(issue.code, []).append(issue)
    return [_group(found, names, places) for found in groups.values()]


def _group(issues: list[Issue], names: Names, places: Places) -> Context:
    return {
        "code": issues[0].code,
        "message": issues[0].message,
        "hint": issues[0].hint,
        "rows": [_row(issue, names, places) for issue in issues],
    }


def _row(issue: Issue, names: Names, places: Places) -> Context:
    finding = issue.finding
    column = column_of(finding.name)
    part = issue.part or _PARTS.get(issue.code) or names.part_at(finding.place, column, finding.locale)
    return {
        "trail": [] if issue.code == SIGN_OFF else names.trail(finding.place, part),
        "detail": _detail(issue, column, names),
        "language": IN_BRACKETS.get(finding.locale, ""),
        "url": "#sign-offs" if issue.code == SIGN_OFF else places.url_of_place(finding.place, part),
    }


def _detail(issue: Issue, column: str, names: Names) -> Name | str:
    """Which text of the part, or what of it is wrong."""
    if issue.code == "courses.E004":
        return names.name((column,), "setting")
    if issue.code in _AS_WRITTEN:
        return column
    return str(_DETAILS.get(column) or COLUMNS.get(column, ""))
