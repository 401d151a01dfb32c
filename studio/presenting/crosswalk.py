"""Objective × form × setting: what the tests ask, what the lessons teach, and what is missing between them."""

from collections import defaultdict
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.building import bank
from courses.choices import LOCALES, Form, StepKind
from courses.crosswalk import Gap, Tally, gaps, tally
from courses.models import Module, Objective, Setting, Step
from studio.presenting.naming import named

Context = dict[str, Any]

_UNASKED = _("No question asks about “%(objective)s”. Add one to each form.")
_NO_LESSON = _("No lesson is for “%(objective)s”. Choose the objective on the page of its lesson.")
_UNEQUAL = _(
    "On “%(objective)s”, form A asks %(a)d and form B %(b)d of: %(settings)s. Give both forms the same number, "
    "or one test is another test."
)
_SENTENCES: dict[str, Promise] = {"unasked": _UNASKED, "no-lesson": _NO_LESSON, "unequal": _UNEQUAL}


def crosswalk(module: Module) -> Context:
    objectives = list(module.objectives.filter(archived=False))
    settings = list(module.settings.filter(archived=False))
    asked = [asked for _row, asked in bank(module, LOCALES)]
    lessons = _lessons(module)
    whole = tally(asked)
    by_setting = {setting.key: tally(asked, setting.key) for setting in settings}
    # A question may still ask about an objective that was archived: it is counted, and said.
    gone = _gone(module, {question.objective for question in asked} - {row.key for row in objectives})
    found = gaps(asked, [row.key for row in objectives], by_setting, set(lessons))
    return {
        "columns": [{"name": named(setting, "name"), "key": setting.key} for setting in settings],
        "rows": [_row(module, row, settings, whole, by_setting, lessons) for row in [*objectives, *gone]],
        "totals": [whole[form].total() for form in Form],
        "setting_totals": [[by_setting[setting.key][form].total() for form in Form] for setting in settings],
        "problems": _in_words(found, [*objectives, *gone], settings),
    }


def _lessons(module: Module) -> dict[str, list[Step]]:
    """Objective → the lessons that are for it."""
    steps = Step.live.filter(module=module, section__archived=False, kind=StepKind.LESSON, objective__archived=False)
    lessons: dict[str, list[Step]] = defaultdict(list)
    for step in steps.select_related("objective"):
        lessons[step.objective.key].append(step)
    return lessons


def _gone(module: Module, keys: set[str]) -> list[Objective]:
    return list(Objective.objects.filter(module=module, key__in=keys)) if keys else []


def _row(
    module: Module,
    objective: Objective,
    settings: list[Setting],
    whole: Tally,
    by_setting: dict[str, Tally],
    lessons: dict[str, list[Step]],
) -> Context:
    key = objective.key
    return {
        "name": named(objective, "text"),
        "archived": objective.archived,
        "forms": [_cell(module, whole, form, key) for form in Form],
        "settings": [
            {
                "forms": [_cell(module, by_setting[setting.key], form, key, setting.key) for form in Form],
                "unequal": len({by_setting[setting.key][form][key] for form in Form}) > 1,
                "none": not any(by_setting[setting.key][form][key] for form in Form),
            }
            for setting in settings
        ],
        "lessons": [
            {"name": named(step, "title"), "url": reverse("studio:step", args=[module.key, step.key])}
            for step in lessons.get(key, [])
        ],
    }


def _cell(module: Module, counts: Tally, form: Form, objective: str, setting: str = "") -> Context:
    query = {"form": form.value, "objective": objective} | ({"setting": setting} if setting else {})
    return {
        "form": form.value,
        "number": counts[form][objective],
        "url": f"{reverse('studio:bank', args=[module.key])}?{urlencode(query)}",
    }


def _in_words(found: list[Gap], objectives: list[Objective], settings: list[Setting]) -> list[str]:
    """A sentence each; settings with the same gap share theirs."""
    texts = {row.key: str(named(row, "text")).rstrip(".") for row in objectives}
    names = {row.key: str(named(row, "name")) for row in settings}
    who: dict[Gap, list[str]] = defaultdict(list)
    for gap in found:
        who[gap._replace(setting="")].append(names.get(gap.setting, ""))
    return [
        _SENTENCES[gap.what]
        % {"objective": texts[gap.objective], "a": gap.a, "b": gap.b, "settings": ", ".join(settings)}
        for gap, settings in who.items()
    ]
