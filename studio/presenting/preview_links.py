"""What leads into a preview, and what is said about it."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from courses.document import Document, Step, Test
from learning.presenting.frame import trail
from learning.presenting.words import say
from studio.presenting.completing import holes
from studio.presenting.preview import PreviewAddresses, PreviewLearner

Context = dict[str, Any]

HOLES: dict[str, Promise] = {
    "blocks": _("This lesson has no blocks yet."),
    "nodes": _("This case has no scenes yet."),
    "items": _("This survey has no questions yet."),
    "questions": _("The question bank lacks questions of a form for this setting."),
    "exercise": _("An exercise of this lesson has no answers yet."),
}


def plan(learner: PreviewLearner, interface: str) -> Context:
    """The pages of one learner, each with its address: those before the path, and the path under its sections."""
    addresses, locale = PreviewAddresses(learner, interface), learner.choices.language
    with override(locale):
        sections = trail(learner, locale, addresses=addresses)
    return {
        "locale": locale,
        "module_url": addresses.module(""),
        "setting_url": addresses.choose_setting(""),
        "path_url": addresses.path(""),
        "sections": sections,
        "tests": [_test(step, addresses, locale) for step in learner.progress.path if isinstance(step, Test)],
    }


def _test(step: Test, addresses: PreviewAddresses, locale: str) -> Context:
    return {
        "title": say(step.title, locale),
        "questions_url": addresses.questions(step.key),
        "result_url": addresses.result("", step.key, 1),
    }


def notes(draft: Document, setting: str, step: Step | None) -> Iterable[Promise]:
    """What a draft has nothing of yet, where that leaves the page bare."""
    if not draft.settings:
        yield _("This module has no professional setting yet.")
    if step is not None:
        yield from (HOLES[hole] for hole in holes(draft, setting, step))
    elif not draft.steps:
        yield _("This module has no steps yet.")
