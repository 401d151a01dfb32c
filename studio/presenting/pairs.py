"""The two languages of each text side by side: what is typed, what state the translation is in, and why."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db import models
from django.forms import BoundField
from django.utils.functional import Promise

from courses.choices import Style
from courses.freshness import State
from courses.parts import Part
from courses.texts import Text, Translated, translated
from studio.presenting.labels import STATES
from studio.presenting.surroundings import Surroundings
from studio.wording import COLUMNS, Difference, column_name, word_diff
from support.languages import OTHER


class Side(NamedTuple):
    """`field` is the form's, or None for what is only read here; a picture or file has its `text`, a storage name."""

    locale: str
    label: str
    text: str
    field: BoundField | None


class Pair(NamedTuple):
    """`difference` is what changed in the source since the translation was made, for one that is stale."""

    name: str
    label: Promise
    style: Style
    sides: list[Side]
    state: State
    state_label: Promise | str
    source: str
    target: str
    badge: str  # the language whose side says so
    difference: Difference
    made_from: str
    may_confirm: bool

    @property
    def markdown(self) -> bool:
        return self.style is Style.MARKDOWN

    @property
    def upload(self) -> bool:
        return not self.style.is_words


def pairs_of(
    part: Part, row: models.Model, words: Sequence[str], fields: Mapping[str, BoundField], around: Surroundings
) -> list[Pair]:
    source = around.source_of(part.name, row.pk, words)
    return [_pair(part, row, name, source, fields, around) for name in words]


def state_of(part: Part, row: models.Model, name: str, around: Surroundings) -> Translated:
    texts = {locale: getattr(row, f"{name}_{locale}") or "" for locale in OTHER}
    text = Text(part.name, row.pk, name, texts)
    return translated(text, around.record(text.address), around.source_locale)


def _pair(
    part: Part, row: models.Model, name: str, source: str, fields: Mapping[str, BoundField], around: Surroundings
) -> Pair:
    item = state_of(part, row, name, around)
    stale = item.state is State.STALE
    made_from = around.memory[item.text.address].made_from if stale else ""
    return Pair(
        name=name,
        label=COLUMNS[name],
        style=part.words[name],
        sides=[
            Side(locale, column_name(f"{name}_{locale}"), item.text.words[locale], fields.get(f"{name}_{locale}"))
            for locale in (source, OTHER[source])
        ],
        state=item.state,
        state_label=STATES.get(item.state, ""),
        source=item.source,
        target=item.target,
        badge=next(iter(item.missing), item.target),
        difference=word_diff(made_from, item.text.words[item.source]) if made_from else [],
        made_from=made_from,
        may_confirm=stale and around.rights.may_write(item.target),
    )
