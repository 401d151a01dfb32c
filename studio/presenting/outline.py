"""The outline of a draft: its sections and steps in order, with what can be done to each, and what was archived."""

from collections import Counter
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.branches import role_of
from courses.choices import LOCALES, StepKind
from courses.freshness import State
from courses.models import Section, Step
from studio.links import url_of
from studio.presenting.naming import ROLES, named
from studio.presenting.plan import Plan
from studio.wording import LANGUAGES

Context = dict[str, Any]


def outline(plan: Plan) -> Context:
    sections = plan.sections
    return {
        "sections": [_section(plan, section, place, len(sections)) for place, section in enumerate(sections, start=1)],
        "places": [{"pk": section.pk, "name": named(section, "title")} for section in sections],
        "archived": _archived(plan),
    }


def _section(plan: Plan, section: Section, place: int, total: int) -> Context:
    steps = [step for step in plan.steps if step.section_id == section.pk]
    return {
        "pk": section.pk,
        "part": "section",
        "name": named(section, "title"),
        "place": place,
        "above": place - 1 if place > 1 else None,
        "below": place + 1 if place < total else None,
        "url": url_of(plan.module, "section", section.pk, (section.key,)),
        "steps": [_step(plan, step, place, len(steps)) for place, step in enumerate(steps, start=1)],
        "minutes": sum(step.minutes for step in steps),
    }


def _step(plan: Plan, step: Step, place: int, total: int) -> Context:
    return {
        "pk": step.pk,
        "part": "step",
        "section": step.section_id,
        "name": named(step, "title"),
        "kind": ROLES[role_of(step.kind, step.stage)],
        "minutes": step.minutes,
        "settings": [named(setting, "name") for setting in plan.settings_of(step)],
        "is_orphan": step.key in plan.branches.orphans,
        "states": states(plan, step.key),
        "place": place,
        "above": place - 1 if place > 1 else None,
        "below": place + 1 if place < total else None,
        "url": url_of(plan.module, "step", step.pk, (step.key,)),
        "map_url": reverse("studio:case-map", args=[plan.module.key, step.key]) if step.kind == StepKind.CASE else "",
        "can_be_copied": step.kind in (StepKind.LESSON, StepKind.CASE),
    }


def states(plan: Plan, step: str) -> list[Context]:
    """What is missing or stale in each language, counted, in words."""
    return [
        {"kind": str(state), "label": in_words(state, number, locale)}
        for locale in LOCALES
        for state, number in sorted(plan.behind.get((step, locale), Counter()).items())
    ]


def in_words(state: State, number: int, locale: str) -> str:
    if state is State.MISSING:
        text = ngettext("%(language)s: %(number)d text missing", "%(language)s: %(number)d texts missing", number)
    else:
        text = ngettext("%(language)s: %(number)d text stale", "%(language)s: %(number)d texts stale", number)
    return text % {"language": LANGUAGES[locale], "number": number}


def _archived(plan: Plan) -> list[Context]:
    sections = [
        {"pk": row.pk, "part": "section", "name": named(row, "title"), "kind": _("Section")}
        for row in plan.all_sections
        if row.archived
    ]
    steps = [
        {"pk": row.pk, "part": "step", "name": named(row, "title"), "kind": ROLES[role_of(row.kind, row.stage)]}
        for row in plan.all_steps
        if row.archived
    ]
    return [*sections, *steps]
