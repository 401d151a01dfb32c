"""What a file that came back would change, in words."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.exchange.comparing import Compared, Outcome
from courses.exchange.reading import Why
from courses.models import Module
from courses.services.exchange import unit_id
from courses.texts import Text
from studio.links import url_of
from studio.presenting.naming import Name
from studio.presenting.places import Names
from studio.wording import COLUMNS, Difference, word_diff

REFUSALS: dict[str, Promise] = {
    Why.TOO_LARGE: _("This file is larger than 10 MB."),
    Why.NOT_XML: _("This file cannot be read: it is not well-formed XML. Ask the translator to save it again."),
    Why.UNSAFE: _("This file holds declarations or nesting that no XLIFF file needs, so it was not read."),
    Why.NOT_XLIFF: _("This is not an XLIFF 1.2 file with texts in it. Ask the translator for XLIFF, version 1.2."),
    Why.OTHER_MODULE: _("This file belongs to another module. Nothing was read from it."),
    Why.OTHER_LANGUAGES: _("This file is for another pair of languages than this module is translated in."),
}
OUTCOMES: dict[str, Promise] = {
    Outcome.WRITE: _("Will be written"),
    Outcome.SAME: _("The same as here"),
    Outcome.EMPTY: _("Came back without a translation"),
    Outcome.KEPT: _("Kept: it was translated here since the file was made"),
    Outcome.SOURCE_CHANGED: _("Left out: its source has changed since the file was made"),
    Outcome.CODES: _("Left out: its codes are not those of the source"),
    Outcome.HTML: _("Left out: it holds HTML"),
    Outcome.TOO_LONG: _("Left out: it is too long"),
    Outcome.UNKNOWN: _("Left out: no text of this module has this name, or it is translated the other way"),
    Outcome.TWICE: _("Left out: the file holds it twice"),
}


class Shown(NamedTuple):
    compared: Compared
    label: Promise
    kind: str
    trail: list[Name]
    column: Promise | str
    url: str
    difference: Difference


def counts_of(compared: Iterable[Compared]) -> list[tuple[Promise, int]]:
    found = Counter(item.outcome for item in compared)
    return [(label, found[outcome]) for outcome, label in OUTCOMES.items() if found[outcome]]


def worth_showing(compared: Iterable[Compared]) -> list[Compared]:
    """What is left out first, then what will be written."""
    shown = [item for item in compared if item.outcome.is_problem or item.outcome is Outcome.WRITE]
    return sorted(shown, key=lambda item: not item.outcome.is_problem)


def shown(module: Module, compared: Iterable[Compared], texts: Iterable[Text]) -> list[Shown]:
    texts = list(texts)
    by_id, names = {unit_id(text): text for text in texts}, Names(texts)
    return [_shown(module, item, by_id, names) for item in compared]


def _shown(module: Module, item: Compared, by_id: Mapping[str, Text], names: Names) -> Shown:
    text = by_id.get(item.id)
    return Shown(
        compared=item,
        label=OUTCOMES[item.outcome],
        kind="warning" if item.outcome.is_problem else "info",
        trail=names.trail(text.place, text.part) if text else [Name(item.id)],
        column=COLUMNS[text.field] if text else "",
        url=url_of(module, text.part, text.row, text.place) if text else "",
        difference=word_diff(item.old, item.new),
    )
