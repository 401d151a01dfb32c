"""Two people wrote the same part: what each of them says, word by word."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.columns import value_of
from courses.models import Change
from courses.parts import Part
from studio.wording import column_name, language_of, word_diff


def conflict_of(part: Part, row: Model, values: Mapping[str, Any], last: Change | None) -> dict[str, Any]:
    """`values` are those that were refused; `row` holds what stands there."""
    pairs = [(name, _said(value_of(row, name)), _said(mine)) for name, mine in values.items()]
    return {
        "message": _message(last),
        "columns": [
            {"name": column_name(name), "lang": language_of(name), "theirs": theirs, "runs": word_diff(theirs, mine)}
            for name, theirs, mine in pairs
            if theirs != mine
        ],
    }


def _message(last: Change | None) -> str:
    if last is None or last.by is None:
        return _("This part was changed meanwhile.")
    at = date_format(timezone.localtime(last.at), "DATETIME_FORMAT")
    return _("%(who)s saved this part meanwhile (%(time)s).") % {"who": last.by.email, "time": at}


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return ", ".join(value) if isinstance(value, list) else str(value if value is not None else "")
