"""The steps of a preview. What is chosen in one is answered from memory, or travels on in the address."""

from collections.abc import Callable

from django.http import Http404, QueryDict
from django.urls import path
from django.utils.translation import gettext as _

from courses.document import Case, Check, Lesson, Step, Survey, Test
from learning.cases import standing_at
from learning.errors import UnknownChoice
from learning.presenting import pages
from learning.presenting.frame import after_finishing, step_url
from learning.presenting.lessons import Unsent, is_exercise
from learning.presenting.places import case_choice
from studio.presenting.exercises import answers, chosen_in, decisions
from studio.presenting.previewed import Drawn, Preview
from studio.previewing import preview_page, step_or_404
from studio.views.preview_tests import before_test, start_test


@preview_page
def step_page(preview: Preview, step: str) -> Drawn | str:
    found = step_or_404(preview, step)
    if waits_for := preview.learner.progress.waits_for(found):
        page = pages.not_open_yet(preview.learner, found, waits_for, preview.locale, preview.addresses)
        return Drawn(page, found)
    show, answer = KINDS[type(found)]
    try:
        return show(preview, found) if preview.posted is None else answer(preview, found, preview.posted)
    except UnknownChoice as error:
        if preview.posted is None:
            raise Http404 from error
        return step_url(preview.learner, found, preview.addresses)


def _go_on(preview: Preview, step: Step) -> str:
    """To where finishing this step leads."""
    after = preview.of(preview.learner.having_done(step))
    return after_finishing(after.learner, step, after.addresses)


def _lesson(preview: Preview, step: Lesson, block: str = "", error: str = "") -> Drawn:
    sent = preview.posted or preview.typed
    unsent = Unsent(sent, block, error) if sent else None
    given = answers(step, sent, "" if error else block)
    page = pages.lesson(preview.learner, preview.edition.digest, step, given, preview.locale, unsent, preview.addresses)
    return Drawn(page, step, 422 if error else 200)


def _answer_lesson(preview: Preview, step: Lesson, posted: QueryDict) -> Drawn | str:
    if "block" not in posted:
        return _go_on(preview, step)
    block = next((block for block in step.blocks if is_exercise(block) and block.key == posted["block"]), None)
    if block is None:
        raise Http404
    if chosen_in(block, posted):
        return _lesson(preview, step, block.key)
    missing = _("Choose an answer first.") if isinstance(block, Check) else _("Choose a place for each item first.")
    return _lesson(preview, step, block.key, missing)


def _case(preview: Preview, step: Case, error: str = "") -> Drawn:
    made = decisions(step, preview.choices.walk)
    if step.node(standing_at(step, made)).ending:
        preview = preview.of(preview.learner.having_done(step))
    page = pages.case(
        preview.learner,
        step,
        1,
        made,
        preview.locale,
        chosen=preview.typed.get("choice", ""),
        error=error,
        addresses=preview.addresses,
    )
    return Drawn(page, step, 422 if error else 200)


def _answer_case(preview: Preview, step: Case, posted: QueryDict) -> Drawn | str:
    if "skip" in posted:
        return _go_on(preview, step)
    if not posted.get("choice"):
        return _case(preview, step, _("Choose what you would do first."))
    at = standing_at(step, decisions(step, preview.choices.walk))
    walk = (*preview.choices.walk, case_choice(step, at, posted["choice"]))
    return f"{preview.choosing(walk=walk).addresses.decision('', step.key)}#now"


def _survey(preview: Preview, step: Survey) -> Drawn:
    page = pages.survey(preview.learner, step, preview.typed, preview.locale, addresses=preview.addresses)
    return Drawn(page, step)


def _answer_survey(preview: Preview, step: Survey, posted: QueryDict) -> str:
    return _go_on(preview, step)


KINDS: dict[type, tuple[Callable[..., Drawn], Callable[..., Drawn | str]]] = {
    Lesson: (_lesson, _answer_lesson),
    Case: (_case, _answer_case),
    Survey: (_survey, _answer_survey),
    Test: (before_test, start_test),
}

urlpatterns = [path("modules/<slug:module>/preview/steps/<slug:step>/", step_page, name="preview-step")]
