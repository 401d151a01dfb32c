"""A question of the bank on its own page: what is amiss with it, whom it is asked, and what stands beside it."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.building import bank
from courses.choices import LOCALES, Form
from courses.document import Question as Asked
from courses.models import Module, Question
from courses.publishing import MESSAGES
from courses.rules import Finding, of_question
from courses.twins import lengths_differ
from studio.links import anchor_of, question_url
from studio.presenting.bank import alike
from studio.presenting.naming import Name, named
from studio.wording import COLUMNS, IN_BRACKETS

Context = dict[str, Any]


def about(module: Module, question: Question) -> Context:
    rows = bank(module, LOCALES)
    asked = next(asked for row, asked in rows if row.pk == question.pk)
    same = alike(asked for _row, asked in rows)[asked.key]
    order = [row for row, other in rows if other.form == asked.form]
    here = order.index(question)
    return {
        "name": named(question, "stem"),
        "number": here + 1,
        "total": len(order),
        "previous_url": question_url(module, order[here - 1]) if here else "",
        "next_url": question_url(module, order[here + 1]) if here + 1 < len(order) else "",
        "settings": [named(setting, "name") for setting in question.settings.all() if not setting.archived],
        "findings": [_finding(question, finding) for finding in of_question(asked, LOCALES)],
        "same": [_linked(module, row) for row, other in rows if other.key in same],
        "second_looks": second_looks(asked),
        "counterparts": [_linked(module, row) for row, other in rows if _faces(asked, other)],
    }


def _linked(module: Module, row: Question) -> Context:
    return {"name": named(row, "stem"), "url": question_url(module, row), "form": row.form}


def _faces(one: Asked, other: Asked) -> bool:
    """In the other form, on the same objective, for some of the same people: one of these is its twin."""
    shared = not one.settings or not other.settings or set(one.settings) & set(other.settings)
    return other.form == Form(one.form).twin and other.objective == one.objective and bool(shared)


def _finding(question: Question, finding: Finding) -> Context:
    message, hint = MESSAGES[finding.code]
    options = {option.key: option for option in question.options.all()}
    option = options.get(finding.place[-1]) if len(finding.place) > 1 else None
    row = option or question
    return {
        "message": message,
        "hint": hint,
        "about": named(option, "text") if option else Name(""),
        "column": COLUMNS.get(finding.name, ""),
        "language": IN_BRACKETS.get(finding.locale, ""),
        "url": f"#{anchor_of('option' if option else 'question', row.pk)}",
    }


# Worth a second look; no reason not to publish.
_NAMES: dict[str, Promise] = {
    "stem": gettext_lazy("The question is much longer in one language than in the other."),
    "explanation": gettext_lazy("The explanation is much longer in one language than in the other."),
}


def second_looks(asked: Asked) -> list[Promise | str]:
    found = [said for name, said in _NAMES.items() if lengths_differ(getattr(asked, name))]
    if any(lengths_differ(option.text) for option in asked.options):
        found.append(_("An answer is much longer in one language than in the other."))
    return found
