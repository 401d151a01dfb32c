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
from studio.wording import column_diff, value_in_words


def conflict_of(part: Part, row: Model, values: Mapping[str, Any], last: Change | None) -> dict[str, Any]:
    """`values` are those that were refused; `row` holds what stands there."""
    pairs = {name: (value_of(row, name), mine) for name, mine in values.items()}
    return {
        "message": _message(last),
        "columns": [
            {**column_diff(name, (theirs, mine)), "theirs": value_in_words(theirs, name)}
            for name, (theirs, mine) in pairs.items()
            if value_in_words(theirs) != value_in_words(mine)
        ],
    }


def _message(last: Change | None) -> str:
    if last is None or last.by is None:
        return _("This part was changed meanwhile.")
    at = date_format(timezone.localtime(last.at), "DATETIME_FORMAT")
    return _("%(who)s saved this part meanwhile (%(time)s).") % {"who": last.by.email, "time": at}
