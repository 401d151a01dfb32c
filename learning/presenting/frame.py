"""What stands around every step: the trail, the place on the path, the way back and on."""

from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.document import Step
from courses.paths import belongs, by_section, minutes
from learning.models import Enrolment
from learning.presenting.words import say
from learning.progress import Progress, is_closing

Context = dict[str, Any]


def step_url(enrolment: Enrolment, step: Step) -> str:
    return _step_url(get_language(), enrolment.content.key, step.key)


@lru_cache(maxsize=4096)
def _step_url(language: str, module: str, step: str) -> str:
    """Kept, since a page holds the addresses of the whole path. `language` is the active one."""
    return reverse("learning:step", args=[module, step])


def frame(enrolment: Enrolment, step: Step, locale: str) -> Context:
    content, progress = enrolment.content, enrolment.progress
    section = next(section for section in content.sections if section.key == step.section)
    return {
        **overview(enrolment, locale, current=step.key),
        "section": {"title": say(section.title, locale), "accent": section.accent},
        "step": {
            "title": say(step.title, locale),
            "minutes": step.minutes,
            "content_note": say(getattr(step, "content_note", {}), locale),
            "for_settings": ", ".join(say(content.setting(key).name, locale) for key in step.settings),
        },
        "finished": step.key in progress.finished,
        "other_than": "" if belongs(step, enrolment.setting) else say(content.setting(enrolment.setting).name, locale),
        "number": progress.place(step.key),
        "back_url": _back_url(enrolment, progress, step),
        "next_url": next_url(enrolment, progress, step),
    }


def overview(enrolment: Enrolment, locale: str, current: str = "") -> Context:
    content, progress = enrolment.content, enrolment.progress
    return {
        "module": {"key": content.key, "title": say(content.title, locale)},
        "setting": say(content.setting(enrolment.setting).name, locale),
        "sections": trail(enrolment, locale, current),
        "total": len(progress.path),
        "done": len(progress.done),
        "percent": progress.percent,
        "minutes_left": progress.minutes_left,
        "completed_at": enrolment.completed_at,
    }


def trail(enrolment: Enrolment, locale: str, current: str = "") -> list[Context]:
    """The path under its sections, with the certificate as its end."""
    progress = enrolment.progress
    sections = [
        {
            "title": say(section.title, locale),
            "accent": section.accent,
            "steps": [
                {
                    "title": say(step.title, locale),
                    "url": step_url(enrolment, step),
                    "state": _state(progress, step, current),
                }
                for step in steps
            ],
        }
        for section, steps in by_section(enrolment.content, progress.path)
    ]
    sections[-1]["steps"].append(_certificate(enrolment))
    return sections


def _certificate(enrolment: Enrolment) -> Context:
    if not enrolment.completed_at:
        return {"title": _("Certificate"), "url": "", "state": "locked"}
    return {"title": _("Certificate"), "url": certificate_url(enrolment), "state": "open"}


def unmet(enrolment: Enrolment, locale: str) -> Context:
    """Every requirement that is still missing, each with its link: meeting these completes the module.

    `work` sums up the steps that come before the closing ones; `closing` are the final test and the survey.
    """
    missing = enrolment.progress.missing
    work = tuple(step for step in missing if not is_closing(step))
    return {
        "steps": [link(enrolment, step, locale) for step in missing],
        "work": {"steps": len(work), "minutes": minutes(work)},
        "closing": [link(enrolment, step, locale) for step in missing if is_closing(step)],
    }


def link(enrolment: Enrolment, step: Step, locale: str) -> Context:
    return {"title": say(step.title, locale), "minutes": step.minutes, "url": step_url(enrolment, step)}


def next_url(enrolment: Enrolment, progress: Progress, step: Step) -> str:
    """Where going on leads: the step that follows, and from the last one to the certificate."""
    following = progress.following(step.key)
    return step_url(enrolment, following) if following else certificate_url(enrolment)


def after_finishing(enrolment: Enrolment, step: Step) -> str:
    """Where somebody is taken who has just finished a step: with the last missing one, to the certificate."""
    return certificate_url(enrolment) if enrolment.completed_at else next_url(enrolment, enrolment.progress, step)


def certificate_url(enrolment: Enrolment) -> str:
    return reverse("certificates:name", args=[enrolment.content.key])


def _back_url(enrolment: Enrolment, progress: Progress, step: Step) -> str:
    place = progress.place(step.key)
    if place > 1:
        return step_url(enrolment, progress.path[place - 2])
    return reverse("learning:path", args=[enrolment.content.key])


def _state(progress: Progress, step: Step, current: str) -> str:
    if step.key == current:
        return "current"
    if step.key in progress.finished:
        return "done"
    return "locked" if progress.waits_for(step) else "open"
