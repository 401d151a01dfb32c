"""The form of one part of a draft: its texts in both languages, and its other columns."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from courses.choices import LOCALES, LONGEST_TEXT, Style
from courses.columns import Values, stamp, values_of
from courses.freshness import tidy
from courses.models import Block
from courses.parts import Part
from courses.pasting import holds_html, to_markdown, to_plain
from studio.forms.fields import UncutField
from studio.forms.mistakes import mistakes_of
from studio.links import anchor_of, offer_paper_url, save_url, url_of_row
from studio.presenting.columns import column_field
from studio.presenting.offers import HINTS, Group, groups_of
from studio.presenting.pairs import Pair, pairs_of
from studio.presenting.shapes import shape_of
from studio.presenting.surroundings import Surroundings
from studio.presenting.uploads import uploads_of
from studio.wording import column_name
from support.languages import OTHER

_ROWS = {Style.PLAIN: 2, Style.CITATION: 2, Style.MARKDOWN: 6}


class WordsField(UncutField):
    """Compared and stored without what a browser adds."""

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value))


class PartForm(forms.Form):
    """Names and ids begin with the part and the number of its row: many forms live on a page.

    What somebody may not write is no field, so that posting it changes nothing.
    """

    use_required_attribute = False
    base = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, part: Part, row: models.Model, around: Surroundings, data: Mapping | None = None) -> None:
        self.part, self.row, self.around = part, row, around
        self.anchor = anchor_of(part.name, row.pk)
        self.before = values_of(row, part)
        initial = {"base": stamp(row, part), **self.before}
        super().__init__(data, prefix=self.anchor, auto_id="%s", initial=initial)
        self.words, plain = shape_of(part, row)
        for column, style, locale in self._written():
            self.fields[column] = _words_field(row, column, style, locale)
        for name in plain if around.may_shape else ():
            self.fields[name] = column_field(row, name, around)
        for name, field in self.fields.items() if part.name == "offer" else ():
            field.help_text = HINTS.get(name) or HINTS.get(name[:-3], "")
        self.plain = [self[name] for name in plain if name in self.fields]

    def _written(self) -> list[tuple[str, Style, str]]:
        """The columns that hold words which this person may write."""
        styles = {name: self.part.words[name] for name in self.words if self.part.words[name].is_words}
        return [(f"{name}_{locale}", style, locale) for name, style in styles.items() for locale in self.around.locales]

    @property
    def action(self) -> str:
        return save_url(self.around.module, self.part.name, self.row.pk, self.around.paper)

    @property
    def page_url(self) -> str:
        """Where it stands."""
        if self.around.paper:
            return offer_paper_url(self.around.module, self.row.key, self.around.paper)
        return url_of_row(self.around.module, self.row)

    @property
    def source(self) -> str:
        return self.around.source_of(self.part.name, self.row.pk, self.words)

    @property
    def target(self) -> str:
        return OTHER[self.source]

    @property
    def may_turn(self) -> bool:
        """Make the other language the one that this part is translated from."""
        return self.around.may_shape and any(style.is_words for style in map(self.part.words.get, self.words))

    @property
    def source_label(self) -> str:
        return str(_TRANSLATED[self.source])

    @property
    def turn_label(self) -> str:
        return str(_TURN[self.target])

    @property
    def editable(self) -> bool:
        return len(self.fields) > 1

    @property
    def pairs(self) -> list[Pair]:
        """The texts, each in its two languages, the one it is translated from first."""
        bound = {name: self[name] for name in self.fields}
        return pairs_of(self.part, self.row, self.words, bound, self.around)

    @property
    def groups(self) -> list[Group]:
        """Of a part with many fields; the others show theirs one after the other."""
        return groups_of(self.pairs, {field.name: field for field in self.plain}) if self.part.name == "offer" else []

    @property
    def uploads(self) -> list[dict[str, Any]]:
        return uploads_of(self.around.module, self.row, self.around.rights) if isinstance(self.row, Block) else []

    def clean(self) -> None:
        for column, _style, _locale in self._written():
            typed = self.cleaned_data.get(column, "")
            if typed != (self.before[column] or "") and holds_html(typed):
                self.add_error(column, forms.ValidationError(_HOLDS_HTML, code="html"))
        for column, mistake in list(mistakes_of(self.part.name, self.cleaned_data)):
            self.add_error(column, mistake)

    @property
    def has_html(self) -> bool:
        return any(self.has_error(column, "html") for column, _style, _locale in self._written())

    def values(self) -> Values:
        """What was changed, as courses/columns.py spells it."""
        typed = {name: _value(value) for name, value in self.cleaned_data.items() if name != "base"}
        return {name: value for name, value in typed.items() if not _same(value, self.before[name])}


_HOLDS_HTML = _("This text holds HTML, as it comes out of a word processor. A page shows words and Markdown only.")
_TRANSLATED = {"en": _("Translated from English"), "es": _("Translated from Spanish")}
_TURN = {"en": _("The English text is the source now"), "es": _("The Spanish text is the source now")}


def form_for(part: Part, row: models.Model, around: Surroundings, data: Mapping | None = None) -> PartForm:
    return PartForm(part, row, around, data)


def without_html(part: Part, row: models.Model, data: QueryDict) -> QueryDict:
    """What was posted, HTML turned into Markdown, or into plain words where there is none."""
    clean = data.copy()
    for name, style in part.words.items():
        for locale in LOCALES:
            column = f"{anchor_of(part.name, row.pk)}-{name}_{locale}"
            if holds_html(clean.get(column, "")):
                clean[column] = (to_markdown if style is Style.MARKDOWN else to_plain)(clean[column])
    return clean


def _words_field(row: models.Model, column: str, style: Style, locale: str) -> WordsField:
    attrs: dict[str, Any] = {"lang": locale, "spellcheck": "true"}
    widget = forms.Textarea(attrs | {"rows": _ROWS[style]}) if style in _ROWS else forms.TextInput(attrs)
    longest = row._meta.get_field(column).max_length or LONGEST_TEXT
    return WordsField(label=column_name(column), required=False, max_length=longest, widget=widget)


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return sorted(value)
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.isoformat() if hasattr(value, "isoformat") else value


def _same(one: Any, other: Any) -> bool:
    return one == other or (one in ("", None) and other in ("", None))
