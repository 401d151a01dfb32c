"""Steps × settings: who sees what, how long each path takes and what it lacks."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from courses.branches import role_of
from courses.columns import stamp
from courses.models import Setting, Step
from courses.parts import PARTS
from studio.links import url_of
from studio.presenting.naming import HOLES, ROLES, named
from studio.presenting.plan import Plan

Context = dict[str, Any]

# A form that is sent may hold so many fields (DATA_UPLOAD_MAX_NUMBER_FIELDS), so a long matrix is sent in parts.
MOST_CELLS = 400


def matrix(plan: Plan, ticks: Mapping[int, list[str]] | None = None) -> Context:
    """`ticks` are those of an author whose saving was refused, by the number of the step's row."""
    columns = [*plan.settings, *plan.strays]
    forms = _forms(plan.steps, max(1, MOST_CELLS // max(1, len(columns))))
    form_of = {step.pk: number for number, steps in enumerate(forms, start=1) for step in steps}
    rows = [_row(plan, step, columns, form_of[step.pk], ticks or {}) for step in plan.steps]
    return {
        "columns": [_column(plan, setting) for setting in columns],
        "groups": [
            {"name": named(section, "title"), "rows": [row for row in rows if row["section"] == section.pk]}
            for section in plan.sections
        ],
        "counts": [len(line.stops) for line in plan.branches.lines] + [None] * len(plan.strays),
        "minutes": [line.minutes for line in plan.branches.lines] + [None] * len(plan.strays),
        "forms": [_form(plan, number, steps, len(forms)) for number, steps in enumerate(forms, start=1)],
        "problems": problems(plan),
    }


def _forms(steps: list[Step], size: int) -> list[list[Step]]:
    return [steps[first : first + size] for first in range(0, len(steps), size)]


def _form(plan: Plan, number: int, steps: list[Step], total: int) -> Context:
    shown = {step.pk: [stamp(step, PARTS["step"]), [row.key for row in plan.settings_of(step)]] for step in steps}
    names = {"first": named(steps[0], "title"), "last": named(steps[-1], "title")}
    return {
        "id": f"matrix-{number}",
        "shown": json.dumps(shown),
        "label": _("Save who sees what") if total == 1 else _("Save from “%(first)s” to “%(last)s”") % names,
    }


def _column(plan: Plan, setting: Setting) -> Context:
    return {"key": setting.key, "name": named(setting, "name"), "is_stray": setting in plan.strays}


def _row(plan: Plan, step: Step, columns: list[Setting], form: int, ticks: Mapping[int, list[str]]) -> Context:
    own = [setting.key for setting in plan.settings_of(step)]
    ticked = ticks.get(step.pk, own)
    return {
        "pk": step.pk,
        "section": step.section_id,
        "form": f"matrix-{form}",
        "name": named(step, "title"),
        "kind": ROLES[role_of(step.kind, step.stage)],
        "url": url_of(plan.module, "step", step.pk, (step.key,)),
        "is_shared": not own,
        "is_orphan": step.key in plan.branches.orphans,
        "cells": [_cell(plan, setting, own, ticked) for setting in columns],
    }


def _cell(plan: Plan, setting: Setting, own: list[str], ticked: list[str]) -> Context:
    shared = not own and setting in plan.settings
    return {
        "key": setting.key,
        "setting": named(setting, "name"),
        "ticked": setting.key in ticked,
        "state": "shared" if shared else "own" if setting.key in own else "none",
    }


def problems(plan: Plan) -> list[str]:
    """What learners of some setting would stumble over, each in a sentence."""
    names = {setting.key: named(setting, "name") for setting in [*plan.settings, *plan.strays]}
    titles = {step.key: named(step, "title") for step in plan.steps}
    found = [] if plan.settings else [_("The module has no professional setting: choose them on its details page.")]
    found += [HOLES[what] % {"setting": names[line.setting]} for line in plan.branches.lines for what in line.lacks]
    found += [_("No setting can reach “%(step)s”.") % {"step": titles[key]} for key in plan.branches.orphans]
    found += [
        _("“%(step)s” is for “%(setting)s”, which this module does not have.")
        % {"step": titles[step], "setting": names[setting]}
        for step, setting in plan.branches.strays
    ]
    return found
