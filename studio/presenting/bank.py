"""The question bank: every question of the tests with its state, filtered and counted. The same few queries always."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from courses.building import bank
from courses.choices import LOCALES, Form
from courses.document import Question as Asked
from courses.freshness import State
from courses.models import Module, Question
from courses.rules import Finding, of_question
from courses.texts import Text, translations_of
from studio.links import anchor_of, question_url
from studio.presenting.labels import STATES as TRANSLATION_STATES
from studio.presenting.naming import named

Context = dict[str, Any]

PROBLEM = "problem"
STATES: dict[str, Promise | str] = {**TRANSLATION_STATES, PROBLEM: pgettext_lazy("state of a question", "To be mended")}


class Filters(NamedTuple):
    form: str = ""
    objective: str = ""
    setting: str = ""
    state: str = ""

    @property
    def query(self) -> str:
        return urlencode({name: value for name, value in self._asdict().items() if value})


class Entry(NamedTuple):
    """`states` counts the texts of the question and its choices; `same` are the keys of those that read the same."""

    row: Question
    asked: Asked
    states: Counter[State]
    findings: list[Finding]
    same: list[str]

    @property
    def settings(self) -> list[Any]:
        return [setting for setting in self.row.settings.all() if not setting.archived]

    @property
    def has_problem(self) -> bool:
        return bool(self.findings or self.same)

    def fits(self, filters: Filters) -> bool:
        return (
            filters.form in ("", self.asked.form)
            and filters.objective in ("", self.asked.objective)
            and (not filters.setting or not self.asked.settings or filters.setting in self.asked.settings)
            and (not filters.state or filters.state in self.states or (filters.state == PROBLEM and self.has_problem))
        )


def entries(module: Module) -> list[Entry]:
    rows = bank(module, LOCALES)
    states = _states(module)
    twins = alike(asked for _row, asked in rows)
    return [
        Entry(row, asked, states[asked.key], of_question(asked, LOCALES), sorted(twins[asked.key]))
        for row, asked in rows
    ]


def _states(module: Module) -> dict[str, Counter[State]]:
    states: dict[str, Counter[State]] = defaultdict(Counter)
    for item in translations_of(module):
        if key := _question_of(item.text):
            states[key][item.state] += 1
    return states


def _question_of(text: Text) -> str:
    """Questions inside lessons go by the keys of their lesson and block, one more than those of the bank."""
    own = {"question": 1, "option": 2}.get(text.part)
    return text.place[0] if own == len(text.place) else ""


def alike(questions: Iterable[Asked]) -> dict[str, set[str]]:
    """Twins that were copied and never reworded: a learner would meet the same question before and after."""
    by_words: dict[tuple[str, str], set[str]] = defaultdict(set)
    for question in questions:
        for locale, text in question.stem.items():
            by_words[locale, " ".join(text.casefold().split())].add(question.key)
    found: dict[str, set[str]] = defaultdict(set)
    for keys in by_words.values():
        for key in keys:
            found[key] |= keys - {key}
    return found


def counts(found: Sequence[Entry]) -> list[Context]:
    """Of the whole bank, whatever is shown of it."""
    forms = [
        {"label": _("Form %(form)s") % {"form": form.value}, "number": sum(e.asked.form == form for e in found)}
        | {"query": Filters(form=form.value).query}
        for form in Form
    ]
    states = [
        {"label": label, "number": sum(entry.fits(Filters(state=state)) for entry in found)}
        | {"query": Filters(state=state).query, "kind": "error" if state == PROBLEM else state}
        for state, label in STATES.items()
    ]
    return [*forms, *(state for state in states if state["number"])]


def listed(module: Module, entry: Entry, ends: dict[str, tuple[int, int]]) -> Context:
    row = entry.row
    first, last = ends[entry.asked.form]
    return {
        "pk": row.pk,
        "key": row.key,
        "anchor": anchor_of("question", row.pk),
        "stem": named(row, "stem"),
        "url": question_url(module, row),
        "form": row.form,
        "objective": named(row.objective, "text"),
        "settings": [named(setting, "name") for setting in entry.settings],
        "options": len(entry.asked.options),
        "states": [
            {"kind": state.value, "label": label, "number": entry.states[state]}
            for state, label in TRANSLATION_STATES.items()
            if entry.states[state] and (state is not State.REVIEWED or len(entry.states) == 1)
        ],
        "problems": len({finding.code for finding in entry.findings}) + bool(entry.same),
        "up": "up" if row.pk != first else "",
        "down": "down" if row.pk != last else "",
    }


def ends(found: Iterable[Entry]) -> dict[str, tuple[int, int]]:
    """Form → the first and the last of its questions."""
    rows: dict[str, list[int]] = defaultdict(list)
    for entry in found:
        rows[entry.asked.form].append(entry.row.pk)
    return {form: (pks[0], pks[-1]) for form, pks in rows.items()}


def archived(module: Module) -> list[Context]:
    rows = QuerySet(Question).filter(module=module, block=None, archived=True).order_by("position", "id")
    return [
        {"pk": row.pk, "anchor": anchor_of("question", row.pk), "form": row.form, "stem": named(row, "stem")}
        for row in rows
    ]
