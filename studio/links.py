"""Where in the studio a part of a draft is edited: the page, and the part's place on it."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from django.db.models import Model
from django.urls import reverse

from courses.models import Module, Question
from courses.parts import PARTS, SHARED, part_of, place_of
from courses.texts import Text, texts_of

_LISTS = {"setting": "settings", "term": "glossary"}
_ON_DETAILS = {"module", "objective", "offer", "section", "source"}
# What one key alone may name, and in which order it is looked for: modules use a key for a step and a setting alike.
_PRIORITY = ("step", "block", "node", "choice", "survey-item", "survey-option", "question", "option", "category")


def anchor_of(part: str, row: int) -> str:
    return f"{part}-{row}"


def url_of(module: Module | None, part: str, row: int, place: Sequence[str] = ()) -> str:
    """`place` holds the row's keys from the outside in (courses/parts.py); settings and terms need none."""
    return f"{_page(module, part, place)}#{anchor_of(part, row)}"


def _page(module: Module | None, part: str, place: Sequence[str]) -> str:
    if part in SHARED:
        return reverse(f"studio:{_LISTS[part]}")
    if part in _ON_DETAILS:
        return reverse("studio:details", args=[module.key])
    return reverse(f"studio:{'question' if _in_bank(part, place) else 'step'}", args=[module.key, place[0]])


def _in_bank(part: str, place: Sequence[str]) -> bool:
    """A question inside a lesson goes by the keys of its lesson and its block, one more than in the bank."""
    return (part == "question" and len(place) == 1) or (part in ("option", "category") and len(place) == 2)


def history_url(module: Module | None, part: str, row: int) -> str:
    if part in SHARED:
        return reverse("studio:shared-history", args=[part, row])
    return reverse("studio:part-history", args=[module.key, part, row])


def url_of_row(module: Module | None, row: Model) -> str:
    return url_of(module, part_of(row).name, row.pk, place_of(row) if module else ())


def question_url(module: Module, question: Question) -> str:
    """Of a question of the bank."""
    return reverse("studio:question", args=[module.key, question.key])


def save_url(module: Module | None, part: str, row: int, paper: str = "") -> str:
    """Where the form of a part is sent; `paper` is told where it stands beside that paper."""
    if part in SHARED:
        return reverse("studio:shared-part", args=[part, row])
    return reverse("studio:part", args=[module.key, part, row]) + (f"?paper={paper}" if paper else "")


def offer_paper_url(module: Module, offer: str, paper: str) -> str:
    """Where an offer is written beside its paper in one language or both."""
    return f"{reverse('studio:offer-paper', args=[module.key, offer])}?paper={paper}"


class Places:
    """Finds parts by their keys, as publish issues name them. One query, or none where the texts are at hand."""

    def __init__(self, module: Module, texts: Iterable[Text] | None = None) -> None:
        self.module = module
        self._texts = texts

    def url_of_place(self, place: Sequence[str], part: str = "") -> str:
        """Of the innermost part that exists; `part` settles which one a key names that several kinds share."""
        for length in range(len(place), 0, -1):
            keys = tuple(place[:length])
            if found := self._found.get((keys, part)) or self._found.get((keys, "")):
                return url_of(self.module, *found, keys)
        return url_of(self.module, "module", self.module.pk)

    @cached_property
    def _found(self) -> dict[tuple[tuple[str, ...], str], tuple[str, int]]:
        """Place and kind → part and row; under no kind, the first in the order of priority."""
        texts = self._texts if self._texts is not None else texts_of(self.module)
        known = sorted({(text.part, text.row, text.place) for text in texts}, key=lambda item: _rank(item[0]))
        found: dict[tuple[tuple[str, ...], str], tuple[str, int]] = {}
        for part, row, place in known:
            found.setdefault((place, part), (part, row))
            found.setdefault((place, ""), (part, row))
        return found


def _rank(part: str) -> tuple[int, int]:
    parts = list(PARTS)
    return (_PRIORITY.index(part) if part in _PRIORITY else len(_PRIORITY), parts.index(part))
