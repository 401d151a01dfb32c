"""One text at the translation desk: its two languages, its state, and why."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from courses.choices import Style
from courses.freshness import State
from courses.glossary import Entry, Kind, check
from courses.models import Module
from courses.parts import PARTS
from courses.texts import Translated
from studio.links import url_of
from studio.presenting.desk_list import locale_to_write
from studio.presenting.labels import STATES
from studio.presenting.naming import Name
from studio.presenting.places import Names
from studio.wording import COLUMNS, LANGUAGES, Difference, word_diff
from studio.wording import PARTS as PART_NAMES
from support.languages import OTHER


class DeskText:
    """One text at the desk; `made_from` is the source its translation was made from."""

    may_write = False
    following = ""  # the anchor of the next text of the list
    form: Any = None

    def __init__(self, module: Module, item: Translated, names: Names, made_from: str, terms: Sequence[Entry]) -> None:
        self.module, self.item, self.names, self.made_from, self.terms = module, item, names, made_from, terms
        self.locale = locale_to_write(item)
        self.source_locale = OTHER[self.locale]

    @property
    def anchor(self) -> str:
        return f"text-{self.item.text.name.replace('.', '-')}"

    @property
    def source(self) -> str:
        return self.item.text.words[self.source_locale]

    @property
    def target(self) -> str:
        return self.item.text.words[self.locale]

    @property
    def trail(self) -> list[Name]:
        return self.names.trail(self.item.text.place, self.item.text.part)

    @property
    def label(self) -> Promise:
        return COLUMNS[self.item.text.field]

    @property
    def part_label(self) -> Promise:
        return PART_NAMES[self.item.text.part]

    @property
    def state_label(self) -> Promise:
        return STATES[self.item.state]

    @property
    def direction(self) -> str:
        words = {"source": LANGUAGES[self.source_locale], "target": LANGUAGES[self.locale]}
        return _("%(source)s to %(target)s") % words

    @property
    def source_language(self) -> Promise:
        return LANGUAGES[self.source_locale]

    @property
    def target_language(self) -> Promise:
        return LANGUAGES[self.locale]

    @property
    def limit(self) -> int:
        field = PARTS[self.item.text.part].model._meta.get_field(f"{self.item.text.field}_{self.locale}")
        return field.max_length or 0

    @property
    def editor_url(self) -> str:
        text = self.item.text
        return url_of(self.module, text.part, text.row, text.place)

    @property
    def url(self) -> str:
        text = self.item.text
        return reverse("studio:desk-text", args=[self.module.key, text.part, text.row, text.field])

    @property
    def is_words(self) -> bool:
        return self.item.text.style.is_words

    @cached_property
    def difference(self) -> Difference:
        return word_diff(self.made_from, self.source) if self.is_stale else []

    @property
    def is_stale(self) -> bool:
        return self.item.state is State.STALE

    @property
    def may_approve(self) -> bool:
        return self.may_write and self.item.state is State.NEEDS_REVIEW

    @property
    def warnings(self) -> list[str]:
        """Never a reason to refuse a translation. A citation keeps its title as published."""
        if self.item.text.style is Style.CITATION:
            return []
        found = check(
            self.terms, source=self.source, target=self.target, source_locale=self.source_locale, locale=self.locale
        )
        return [_WARNINGS[one.kind]() % {"found": one.found, "wanted": one.wanted} for one in found]


_WARNINGS = {
    Kind.LACKS: lambda: _("“%(found)s” is “%(wanted)s” in the glossary."),
    Kind.AVOID: lambda: _("The glossary avoids “%(found)s”; it has “%(wanted)s”."),
}
