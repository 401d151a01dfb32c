"""One learner's record in a module, as whoever helps them reads it; `evidence.py` holds the answers and changes."""

from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from courses.choices import Stage
from courses.document import Step, Survey, Test
from learning.models import Enrolment, Visit
from learning.reports import Standing
from studio.presenting.evidence import attempts, changes, locale_of, practice
from studio.presenting.labels import STEP_KINDS
from studio.presenting.learners import KINDS, STANDINGS, say, setting_name, standing_of
from studio.presenting.proof import certificates
from studio.wording import IN_BRACKETS, LANGUAGES

Context = dict[str, Any]
STATES: dict[str, tuple[Promise, str]] = {
    "finished": (pgettext_lazy("state of a step", "Finished"), "success"),
    "opened": (pgettext_lazy("state of a step", "Opened"), "info"),
    "waits": (pgettext_lazy("state of a step", "Waits for others"), ""),
    "unopened": (pgettext_lazy("state of a step", "Not opened"), ""),
}


def record(row: Enrolment) -> Context:
    """`row` comes from `record_of`, with `certified`."""
    locale = locale_of(row.release)
    on_path = {step.key for step in row.progress.path}
    return {
        "pk": row.pk,
        "module": row.module.key,
        "title": say(row.content.title, locale)[0],
        "locale": locale,
        "edition": row.release.number,
        "setting": setting_name(row.release, row.setting, locale)[0],
        "language": IN_BRACKETS[row.locale],
        "started_at": row.started_at,
        "completed_at": row.completed_at,
        "percent": row.progress.percent,
        "standing": STANDINGS[standing_of(row)],
        "kind": KINDS.get(standing_of(row), ""),
        "steps": [_step(row, step, locale) for step in row.progress.path],
        "elsewhere": [_step(row, step, locale) for step in _visited(row) if step.key not in on_path],
        "unmet": [_unmet(row, step, locale) for step in row.progress.missing] if not row.completed_at else [],
        "waits_for_name": bool(row.completed_at) and not row.certified,
        "attempts": attempts(row),
        "changes": changes(row),
        "certificates": certificates(row),
        "grants": row.attempt_grants.all(),
        "may_be_granted": row.standing == Standing.OUT_OF_ATTEMPTS,
        "surveyed": hasattr(row, "survey_done"),
    }


def _visits(row: Enrolment) -> dict[str, Visit]:
    return {visit.step: visit for visit in row.visits.all()}


def _visited(row: Enrolment) -> list[Step]:
    visits = _visits(row)
    return [step for step in row.content.steps if step.key in visits]


def _step(row: Enrolment, step: Step, locale: str) -> Context:
    visit = _visits(row).get(step.key)
    label, kind = STATES[_state(row, step)]
    return {
        "title": say(step.title, locale)[0],
        "what": STEP_KINDS[type(step).__struct_config__.tag],
        "state": label,
        "kind": kind,
        "opened_at": visit and visit.at,
        "finished_at": visit and visit.finished_at,
        "language": LANGUAGES[visit.locale] if visit else "",
        "setting": setting_name(row.release, visit.setting, locale)[0] if visit else "",
        "practice": practice(row, step, locale),
    }


def _state(row: Enrolment, step: Step) -> str:
    if step.key in row.facts.finished:
        return "finished"
    if step.key in row.facts.opened:
        return "opened"
    return "waits" if row.progress.waits_for(step) else "unopened"


def _unmet(row: Enrolment, step: Step, locale: str) -> Context:
    return {
        "title": say(step.title, locale)[0],
        "what": STEP_KINDS[type(step).__struct_config__.tag],
        "why": _why(row, step),
    }


def _why(row: Enrolment, step: Step) -> str:
    if waits_for := row.progress.waits_for(step):
        return _why_waiting(step, len(waits_for))
    if isinstance(step, Test):
        return _why_untested(row, step)
    if visit := _visits(row).get(step.key):
        day = date_format(localtime(visit.at), "DATE_FORMAT")
        return _("Opened on %(date)s, and not finished.") % {"date": day}
    return _("Not opened yet.")


def _why_waiting(step: Step, others: int) -> str:
    if isinstance(step, Survey):
        return _("It opens when the final test is passed.")
    return ngettext(
        "It opens when %(number)s other step is finished.",
        "It opens when %(number)s other steps are finished.",
        others,
    ) % {"number": others}


def _why_untested(row: Enrolment, step: Test) -> str:
    tries = [attempt for attempt in row.attempts.all() if attempt.stage == step.stage]
    if any(attempt.submitted_at is None for attempt in tries):
        return _("An attempt is under way and has not been handed in.")
    if not tries or step.stage == Stage.PRE:
        return pgettext("test", "Not taken yet.")
    scores = {"best": row.best, "needed": row.content.pass_mark}
    if row.standing == Standing.OUT_OF_ATTEMPTS:
        return _("Every attempt is used: the best score is %(best)s%%, and %(needed)s%% are needed.") % scores
    return _("Not passed yet: the best score is %(best)s%%, and %(needed)s%% are needed.") % scores
