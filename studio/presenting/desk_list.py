"""Which texts the translation desk lists, and how many there are in each state."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise

from courses.choices import LOCALES
from courses.models import Module
from courses.parts import PARTS
from courses.texts import Translated
from studio.presenting.labels import STATES
from studio.presenting.places import Names
from studio.wording import LANGUAGES
from studio.wording import PARTS as PART_NAMES
from support.numbers import whole


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
    here = Filters.read(query).at(whole(query.get("page", ""), 5) or 1)
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
