"""What the parts of a draft are called, from the outside in, for lists that speak of many of them."""

from collections.abc import Iterable, Mapping

from django.utils.html import strip_tags
from django.utils.text import Truncator

from courses.texts import Text
from studio.presenting.naming import Name, chosen
from studio.wording import PARTS

LONGEST = 70
_MIDDLE = {"choice": "node", "survey-option": "survey-item"}
# The texts that say what a part is, the most telling first; an exercise goes by its question.
_TITLES = ("title", "name", "heading", "stem", "prompt", "text", "body", "alt", "citation")
_BEHIND = ("setting", "objective", "offer", "section", "source")  # where one key names several parts, these come last

Place = tuple[str, ...]


class Names:
    def __init__(self, texts: Iterable[Text]) -> None:
        self._fields: dict[Place, dict[str, dict[str, Text]]] = {}
        for text in texts:
            self._fields.setdefault(text.place, {}).setdefault(text.part, {})[text.field] = text

    def part_at(self, place: Place, field: str = "", locale: str = "") -> str:
        """Which part a place names: the one that has this text, and lacks it in this language."""
        there = self._fields.get(place, {})
        having = [part for part in there if field in there[part]] or list(there)
        lacking = [part for part in having if field in there[part] and not there[part][field].words.get(locale)]
        return min(lacking or having, key=lambda part: part in _BEHIND, default="")

    def trail(self, place: Place, part: str) -> list[Name]:
        """Step, block, answer: one name for each key."""
        if not place:
            return [Name(str(PARTS["module"]))]
        first = part if len(place) == 1 else "question" if self._in_bank(place, part) else "step"
        parts = [first, _MIDDLE.get(part, "block"), part] if len(place) > 2 else [first, part]
        return [self.name(place[: depth + 1], parts[depth]) for depth in range(len(place))]

    def _in_bank(self, place: Place, part: str) -> bool:
        return part in ("option", "category") and len(place) == 2

    def name(self, place: Place, part: str) -> Name:
        there = self._fields.get(place, {})
        texts = {**there.get("question", {}), **there.get(part, {})}
        words = next(
            (texts[field].words for field in _TITLES if field in texts and any(texts[field].words.values())), {}
        )
        return name_in(words, fallback=place[-1])


def column_of(text: str) -> str:
    """The column that a document's text was built from."""
    return "body" if text == "html" else text


def name_in(words: Mapping[str, str], fallback: str) -> Name:
    """Long texts and HTML by their first words."""
    name = chosen(words, fallback)
    return name._replace(text=_short(name.text))


def _short(text: str) -> str:
    return Truncator(" ".join(strip_tags(text).split())).chars(LONGEST)
