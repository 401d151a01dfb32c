"""What stands around every step: the trail, the place on the path, the way back and on."""

from typing import Any

from django.utils.translation import gettext as _

from courses.document import Document, Step, Survey
from courses.paths import belongs, by_section, minutes
from learning.presenting.addresses import OWN, Addresses
from learning.presenting.learner import Learner
from learning.presenting.words import say
from learning.progress import Progress, is_closing

Context = dict[str, Any]


def step_url(learner: Learner, step: Step, addresses: Addresses = OWN) -> str:
    return addresses.step(learner.content.key, step.key)


def frame(learner: Learner, step: Step, locale: str, addresses: Addresses = OWN) -> Context:
    content, progress = learner.content, learner.progress
    section = next(section for section in content.sections if section.key == step.section)
    return {
        **overview(learner, locale, current=step.key, addresses=addresses),
        "section": {"title": say(section.title, locale), "accent": section.accent},
        "step": {
            "title": say(step.title, locale),
            "minutes": step.minutes,
            "content_note": say(getattr(step, "content_note", {}), locale),
            "for_settings": ", ".join(setting_name(content, key, locale) for key in step.settings),
        },
        "finished": step.key in progress.finished,
        "other_than": "" if belongs(step, learner.setting) else setting_name(content, learner.setting, locale),
        "number": progress.place(step.key),
        "back_url": _back_url(learner, progress, step, addresses),
        "next_url": next_url(learner, step, addresses),
    }


def setting_name(content: Document, key: str, locale: str) -> str:
    """The key itself for a setting that an unfinished draft no longer has."""
    setting = content.setting(key)
    return say(setting.name, locale) if setting else key


def overview(learner: Learner, locale: str, current: str = "", addresses: Addresses = OWN) -> Context:
    content, progress = learner.content, learner.progress
    return {
        "module": {"key": content.key, "title": say(content.title, locale)},
        "path_url": addresses.path(content.key),
        "setting": setting_name(content, learner.setting, locale),
        "setting_url": addresses.change_setting(content.key),
        "sections": trail(learner, locale, current, addresses),
        "total": len(progress.path),
        "done": len(progress.done),
        "percent": progress.percent,
        "minutes_left": progress.minutes_left,
        "completed_at": learner.completed_at,
    }


def trail(learner: Learner, locale: str, current: str = "", addresses: Addresses = OWN) -> list[Context]:
    """The path under its sections, with the certificate as its end."""
    progress = learner.progress
    sections = [
        {
            "title": say(section.title, locale),
            "accent": section.accent,
            "steps": [
                {
                    "title": say(step.title, locale),
                    "url": step_url(learner, step, addresses),
                    "state": _state(progress, step, current),
                }
                for step in steps
            ],
        }
        for section, steps in by_section(learner.content, progress.path)
    ]
    if sections:  # a draft may have no step yet
        sections[-1]["steps"].append(_certificate(learner, addresses))
    return sections


def _certificate(learner: Learner, addresses: Addresses) -> Context:
    if not learner.completed_at:
        return {"title": _("Certificate"), "url": "", "state": "locked"}
    return {"title": _("Certificate"), "url": addresses.certificate(learner.content.key), "state": "open"}


def unmet(learner: Learner, locale: str, addresses: Addresses = OWN) -> Context:
    """Every requirement that is still missing, each with its link: meeting these completes the module.

    `work` sums up the steps that come before the closing ones; `closing` are the final test and the survey, after which
    the certificate comes.
    """
    missing = learner.progress.missing
    work = tuple(step for step in missing if not is_closing(step))
    return {
        "steps": [link(learner, step, locale, addresses) for step in missing],
        "work": {"steps": len(work), "minutes": minutes(work)},
        "closing": [link(learner, step, locale, addresses) for step in missing if is_closing(step)],
        "survey": any(isinstance(step, Survey) for step in missing),
    }


def link(learner: Learner, step: Step, locale: str, addresses: Addresses = OWN) -> Context:
    return {"title": say(step.title, locale), "minutes": step.minutes, "url": step_url(learner, step, addresses)}


def next_url(learner: Learner, step: Step, addresses: Addresses = OWN) -> str:
    """Where going on leads: the step that follows, and from the last one to the certificate."""
    following = learner.progress.following(step.key)
    return step_url(learner, following, addresses) if following else addresses.certificate(learner.content.key)


def after_finishing(learner: Learner, step: Step, addresses: Addresses = OWN) -> str:
    """Where somebody is taken who has just finished a step: with the last missing one, to the certificate."""
    done = learner.completed_at
    return addresses.certificate(learner.content.key) if done else next_url(learner, step, addresses)


def _back_url(learner: Learner, progress: Progress, step: Step, addresses: Addresses) -> str:
    place = progress.place(step.key)
    if place > 1:
        return step_url(learner, progress.path[place - 2], addresses)
    return addresses.path(learner.content.key)


def _state(progress: Progress, step: Step, current: str) -> str:
    if step.key == current:
        return "current"
    if step.key in progress.finished:
        return "done"
    return "locked" if progress.waits_for(step) else "open"
