"""Every text of a module's draft in one query, and the state of its translation in one more, whatever its size."""

from typing import NamedTuple

from django.db.models import CharField, F, IntegerField, Value

from courses.choices import LOCALES, Style
from courses.freshness import Record, State, state
from courses.models import Module, Translation
from courses.parts import PARTS, Part, tidy_place
from support.languages import OTHER

_DEPTH = 5
_AREAS = ("module", "setting", "objective", "offer", "section", "step", "question", "source")
_AREA_OF = {"block": "step", "node": "step", "choice": "step", "survey-item": "step", "survey-option": "step"}

Address = tuple[str, int, str]


class Text(NamedTuple):
    """One text of a draft in both languages; `place` holds the keys of its row from the outside in."""

    part: str
    row: int
    field: str
    words: dict[str, str]
    place: tuple[str, ...] = ()
    order: tuple[int, ...] = ()

    @property
    def address(self) -> Address:
        return self.part, self.row, self.field

    @property
    def name(self) -> str:
        """The address in one word, for forms and exchange files."""
        return f"{self.part}.{self.row}.{self.field}"

    @property
    def step(self) -> str:
        """The key of the step it stands in; nothing for a text outside the steps."""
        return self.place[0] if self.order and self.order[0] == _AREAS.index("step") else ""

    @property
    def style(self) -> Style:
        return PARTS[self.part].words[self.field]


class Translated(NamedTuple):
    """A text with the state of its translation from `source` to the other language."""

    text: Text
    source: str
    state: State

    @property
    def target(self) -> str:
        return OTHER[self.source]

    @property
    def missing(self) -> list[str]:
        """The languages it lacks though the other one has it."""
        return [locale for locale in LOCALES if not self.text.words[locale]] if self.state is State.MISSING else []

    @property
    def behind(self) -> list[str]:
        """The languages it keeps from being released: what they lack, or what lags behind its source."""
        return [self.target] if self.state is State.STALE else self.missing


def texts_of(module: Module) -> list[Text]:
    """In the order of the outline; one query."""
    parts = [(part, field) for part in PARTS.values() for field in part.words]
    first, *others = [_select(part, field, module) for part, field in parts]
    return sorted(map(_text, first.union(*others, all=True)), key=lambda text: text.order)


def _select(part: Part, field: str, module: Module):
    keys = [F(lookup) for lookup in part.keys]
    order = [F(lookup) for lookup in part.order]
    columns = {
        "part_": Value(part.name, CharField()),
        "field_": Value(field, CharField()),
        **{f"en_{place}": value for place, value in enumerate(_filled(keys, Value("", CharField())))},
        **{f"order_{place}": value for place, value in enumerate(_filled(order, Value(0, IntegerField())))},
    }
    return part.live(module).order_by().annotate(**columns).values_list("pk", *columns, *_both(field))


def _both(field: str) -> list[str]:
    return [f"{field}_{locale}" for locale in LOCALES]


def _filled(values: list, filler: Value) -> list:
    return [*values, *[filler] * (_DEPTH - len(values))]


def _text(values: tuple) -> Text:
    row, part, field = values[:3]
    keys, order, words = values[3 : 3 + _DEPTH], values[3 + _DEPTH : 3 + 2 * _DEPTH], values[3 + 2 * _DEPTH :]
    in_lesson = part in ("question", "option", "category") and order[0] is not None
    area = _AREAS.index("step" if in_lesson else _AREA_OF.get(part, _bank(part)))
    fields = list(PARTS[part].words)
    return Text(
        part=part,
        row=row,
        field=field,
        words={locale: word or "" for locale, word in zip(LOCALES, words, strict=True)},
        place=tidy_place(list(keys)),
        order=(area, *(number or 0 for number in order), list(PARTS).index(part), row, fields.index(field)),
    )


def _bank(part: str) -> str:
    return "question" if part in ("option", "category") else part


def records_of(module: Module) -> dict[Address, Record]:
    rows = Translation.objects.filter(module__in=[module.pk]) | Translation.objects.filter(module=None)
    columns = ("part", "row", "field", "source", "source_digest", "reviewed_digest")
    return {(part, row, field): Record(*rest) for part, row, field, *rest in rows.values_list(*columns)}


def all_translations_of(module: Module) -> list[Translated]:
    """The state of every text there is room for: two queries, however large the module."""
    records = records_of(module)
    return [translated(text, records.get(text.address), module.source_locale) for text in texts_of(module)]


def translations_of(module: Module) -> list[Translated]:
    """Of the texts that are there in some language."""
    return [item for item in all_translations_of(module) if item.state is not State.EMPTY]


def translated(text: Text, record: Record | None, source_locale: str) -> Translated:
    source = record.source if record else source_locale
    return Translated(text, source, state(text.words[source], text.words[OTHER[source]], record))
