"""A test of a preview: its questions are answered in the address, its result is worked out anew each time."""

from django.http import Http404, QueryDict
from django.urls import path

from courses.document import Test
from learning.errors import UnknownChoice
from learning.presenting import pages
from learning.presenting.places import test_choices
from studio.presenting.previewed import Drawn, Preview
from studio.presenting.sitting import Sitting, attempts_allowed, form_of, sit
from studio.previewing import preview_page, step_or_404


def before_test(preview: Preview, step: Test) -> Drawn:
    learner, sat = preview.learner, []
    if step.key in learner.progress.finished:
        sitting = sit(learner, step)
        sitting.choose_right()
        sat = [sitting.hand_in()]
    allowed = attempts_allowed(learner, step) if step.stage == "post" else None
    form = form_of(learner, step)
    return Drawn(pages.before_test(learner, step, form, sat, allowed, preview.locale, preview.addresses), step)


def start_test(preview: Preview, step: Test, posted: QueryDict) -> str:
    return preview.addresses.questions(step.key)


@preview_page
def questions_page(preview: Preview, step: str) -> Drawn | str:
    """The questions of a test; handing them in leads to the result, with the answers in its address."""
    test = _test_or_404(preview, step)
    sitting = sit(preview.learner, test)
    if preview.posted is not None and "save" in preview.posted:
        return preview.addresses.path("")
    try:
        sitting.choose(test_choices(preview.posted or preview.typed, len(sitting.sheets)))
    except UnknownChoice:
        return preview.addresses.questions(step)
    gaps = sitting.gaps if preview.posted is not None else []
    if preview.posted is not None and not gaps:
        return preview.addresses.result_of(step, preview.posted)
    page = pages.attempt(
        preview.learner, test, sitting.attempt, sitting.asked, sitting.sheets, preview.locale, gaps, preview.addresses
    )
    return Drawn(page, test, 422 if gaps else 200)


@preview_page
def result_page(preview: Preview, step: str) -> Drawn:
    """Of the answers in the address; without any, as if every one were right."""
    test = _test_or_404(preview, step)
    sitting = sit(preview.learner, test)
    if preview.typed:
        try:
            sitting.choose(test_choices(preview.typed, len(sitting.sheets)))
        except UnknownChoice as error:
            raise Http404 from error
    else:
        sitting.choose_right()
    return _result(preview, test, sitting)


def _test_or_404(preview: Preview, key: str) -> Test:
    step = step_or_404(preview, key)
    if not isinstance(step, Test):
        raise Http404
    return step


def _result(preview: Preview, step: Test, sitting: Sitting) -> Drawn:
    attempt = sitting.hand_in()
    if attempt.passed:
        preview = preview.of(preview.learner.having_done(step))
    page = pages.result(
        preview.learner,
        step,
        preview.learner.content,
        attempt,
        sitting.asked,
        sitting.sheets,
        attempts_allowed(preview.learner, step),
        preview.locale,
        preview.addresses,
    )
    return Drawn(page, step)


_here = "modules/<slug:module>/preview/steps/<slug:step>/"
urlpatterns = [
    path(f"{_here}questions/", questions_page, name="preview-questions"),
    path(f"{_here}result/", result_page, name="preview-result"),
]
