"""The translation desk: every text of a module with the state of its translation, filtered and counted."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from courses.choices import LOCALES, Style
from courses.freshness import State
from courses.glossary import Entry, Kind, check
from courses.models import Module
from courses.parts import PARTS
from courses.texts import OTHER, Translated
from studio.links import url_of
from studio.presenting.labels import STATES
from studio.presenting.naming import Name
from studio.presenting.places import Names
from studio.wording import COLUMNS, LANGUAGES, Difference, word_diff
from studio.wording import PARTS as PART_NAMES


def locale_to_write(item: Translated) -> str:
    """The language that is missing, else the one it is translated into."""
    return next(iter(item.missing), item.target)


Choices = list[tuple[str, str | Promise]]


class Filters(NamedTuple):
    state: str = ""
    locale: str = ""
    step: str = ""
    part: str = ""
    words: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Filters":
        """What nobody could have chosen counts as not chosen."""
        chosen = cls(*(query.get(name, "")[:200].strip() for name in cls._fields))
        return chosen._replace(
            state=chosen.state if chosen.state in STATES else "",
            locale=chosen.locale if chosen.locale in LOCALES else "",
            part=chosen.part if chosen.part in PARTS else "",
        )

    @property
    def query(self) -> str:
        return urlencode({name: value for name, value in self._asdict().items() if value})

    def at(self, page: int) -> str:
        """The query of one page of the list."""
        return "&".join(filter(None, [self.query, f"page={page}" if page > 1 else ""]))

    def pick(self, items: Iterable[Translated]) -> list[Translated]:
        return [item for item in items if self._fits(item)]

    def _fits(self, item: Translated) -> bool:
        text = item.text
        return (
            self.state in ("", item.state)
            and self.locale in ("", locale_to_write(item))
            and self.step in ("", text.step)
            and self.part in ("", text.part)
            and any(self.words.casefold() in words.casefold() for words in text.words.values())
        )


def desk_url(module: Module, query: Mapping[str, str]) -> str:
    """The list as somebody had filtered it."""
    page = query.get("page", "")
    here = Filters.read(query).at(int(page) if page.isascii() and page.isdecimal() and len(page) < 6 else 1)
    return reverse("studio:desk", args=[module.key]) + (f"?{here}" if here else "")


def counts_of(items: Iterable[Translated]) -> list[dict[str, Any]]:
    """A line a language: how many texts are in each state, of the whole module."""
    found = Counter((locale_to_write(item), item.state) for item in items)
    return [
        {
            "locale": locale,
            "language": LANGUAGES[locale],
            "states": [
                {"state": state, "label": label, "count": found[locale, state], "query": _query(locale, state)}
                for state, label in STATES.items()
            ],
            "total": sum(found[locale, state] for state in STATES),
        }
        for locale in LOCALES
        if any(found[locale, state] for state in STATES)
    ]


def _query(locale: str, state: str) -> str:
    return Filters(state=state, locale=locale).query


def choices_of(items: Sequence[Translated], names: Names) -> dict[str, Choices]:
    """What each filter offers: only steps and kinds of part that there are."""
    steps = {item.text.step: None for item in items if item.text.step}
    parts = {item.text.part for item in items}
    return {
        "state": list(STATES.items()),
        "locale": list(LANGUAGES.items()),
        "step": [(step, str(names.name((step,), "step"))) for step in steps],
        "part": [(part, PART_NAMES[part]) for part in PARTS if part in parts],
    }


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
