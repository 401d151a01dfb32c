"""The branches of a module as a drawing like a metro map: settings are lines, steps are stations; and told in words.

Lengths are the drawing's own units, one CSS pixel each at full size.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from courses.branches import role_of
from courses.choices import LOCALES
from courses.models import Step
from studio.links import url_of
from studio.presenting.lettering import lines, short
from studio.presenting.naming import HOLES, ROLES, named
from studio.presenting.outline import in_words, states
from studio.presenting.plan import Plan

Context = dict[str, Any]

LABELS = 380  # where the lines begin
COLUMN = 116
HEAD = 96
ROW = 58
SECTION = 52
FOOT = 84
COLOURS = 6
LETTERS_A_LINE, LINES = 40, 2
HEAD_LETTERS, HEAD_LINES = 14, 3


def drawn(plan: Plan) -> Context:
    """Where everything stands: lines from left to right, steps from top to bottom."""
    branches, steps = plan.branches.lines, plan.steps
    x = {line.setting: LABELS + COLUMN * place + COLUMN // 2 for place, line in enumerate(branches)}
    rows = list(_rows(plan))
    bottom = rows[-1]["y"] + ROW if rows else HEAD + ROW
    stations = [_station(plan, row["step"], row["y"], x) for row in rows if "step" in row]
    return {
        "width": LABELS + COLUMN * len(branches) + 24,
        "height": bottom + FOOT,
        "sections": [row for row in rows if "step" not in row],
        "stations": stations,
        "lines": [_line(plan, place, x[line.setting], bottom) for place, line in enumerate(branches)],
        "bottom": bottom,
        "orphans": len(plan.branches.orphans),
        "steps": len(steps),
    }


def _rows(plan: Plan) -> Iterator[Context]:
    y = HEAD
    for section in plan.sections:
        own = [step for step in plan.steps if step.section_id == section.pk]
        if own:
            y += SECTION
            yield {"y": y - 10, "title": short(named(section, "title").text, LETTERS_A_LINE)}
        for step in own:
            yield {"y": y + ROW // 2, "step": step}
            y += ROW


def _station(plan: Plan, step: Step, y: int, x: dict[str, int]) -> Context:
    name = named(step, "title")
    own = [setting.key for setting in plan.settings_of(step)]
    at = [x[key] for key in own if key in x] if own else list(x.values())
    text = lines(name.text, LETTERS_A_LINE, LINES)
    top = y + 5 - 17 * len(text) // 2
    return {
        "y": y,
        "name": name,
        "text": [{"text": part, "y": top + 17 * number} for number, part in enumerate(text)],
        "meta": {"y": top + 17 * len(text), "kind": ROLES[role_of(step.kind, step.stage)], "minutes": step.minutes},
        "url": url_of(plan.module, "step", step.pk, (step.key,)),
        "is_shared": not own,
        "is_orphan": step.key in plan.branches.orphans,
        "first": min(at, default=LABELS + 20),
        "last": max(at, default=LABELS + 20),
        "length": max(at, default=0) - min(at, default=0),
        "stops": [{"x": place, "colour": _colour(list(x.values()).index(place))} for place in at],
        "states": states(plan, step.key),
        "flag": " ".join(locale.upper() for locale in LOCALES if (step.key, locale) in plan.behind),
    }


def _line(plan: Plan, place: int, x: int, bottom: int) -> Context:
    line, setting = plan.branches.lines[place], plan.settings[place]
    name = named(setting, "name")
    head = lines(name.text, HEAD_LETTERS, HEAD_LINES)
    top = HEAD - 22 - 16 * (len(head) - 1)
    return {
        "x": x,
        "colour": _colour(place),
        "name": name,
        "head": [{"text": part, "y": top + 16 * number} for number, part in enumerate(head)],
        "minutes": line.minutes,
        "has_end": line.has_end,
        "end": bottom,
    }


def _colour(place: int) -> int:
    return place % COLOURS + 1


def told(plan: Plan) -> list[Context]:
    """The same in words, a path at a time."""
    steps = {step.key: step for step in plan.steps}
    names = {setting.key: named(setting, "name") for setting in plan.settings}
    return [
        {
            "key": line.setting,
            "name": names[line.setting],
            "colour": _colour(place),
            "minutes": line.minutes,
            "holes": [HOLES[what] % {"setting": names[line.setting]} for what in line.lacks],
            "steps": [_told(plan, steps[stop.key]) for stop in line.stops],
            "behind": _behind(plan, {stop.key for stop in line.stops}),
        }
        for place, line in enumerate(plan.branches.lines)
    ]


def _told(plan: Plan, step: Step) -> Context:
    return {
        "name": named(step, "title"),
        "kind": ROLES[role_of(step.kind, step.stage)],
        "minutes": step.minutes,
        "url": url_of(plan.module, "step", step.pk, (step.key,)),
        "is_shared": not plan.settings_of(step),
        "states": states(plan, step.key),
    }


def _behind(plan: Plan, keys: set[str]) -> list[Context]:
    """What a whole path lacks in each language."""
    found: list[Context] = []
    for locale in LOCALES:
        total: Counter = Counter()
        for (step, where), counted in plan.behind.items():
            if where == locale and step in keys:
                total += counted
        found += [{"kind": str(state), "label": in_words(state, n, locale)} for state, n in sorted(total.items())]
    return found
