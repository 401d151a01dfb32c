from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from courses.document import Check, Lesson, Sort
from learning.models import Enrolment
from learning.presenting import pages
from learning.presenting.frame import after_finishing, step_url
from learning.presenting.lessons import Unsent, is_exercise
from learning.presenting.places import check_choices, positive, sort_choices
from learning.queries import latest_check_answers
from learning.services.practice import answer_check
from learning.services.steps import finish_lesson
from support.carry import carried, hold
from support.languages import current_language


def page(request: HttpRequest, enrolment: Enrolment, step: Lesson, unsent: Unsent | None = None) -> HttpResponse:
    answers = latest_check_answers(enrolment, step.key)
    if choices := carried(request):
        unsent = Unsent(choices)
    page = pages.lesson(enrolment, enrolment.release.digest, step, answers, current_language(), unsent)
    return render(request, *page, status=422 if unsent and unsent.error else 200)


def post(request: HttpRequest, enrolment: Enrolment, step: Lesson) -> HttpResponse:
    if "block" in request.POST:
        return _answer(request, enrolment, step)
    enrolment = finish_lesson(enrolment=enrolment, step=step, locale=current_language(), by=request.user)
    return redirect(after_finishing(enrolment, step))


def _answer(request: HttpRequest, enrolment: Enrolment, step: Lesson) -> HttpResponse:
    exercises = {block.key: block for block in step.blocks if is_exercise(block)}
    block = exercises.get(request.POST["block"])
    if block is None:
        raise Http404
    chosen = check_choices(block, request.POST) if isinstance(block, Check) else sort_choices(block, request.POST)
    if not chosen or (isinstance(block, Sort) and len(chosen) < len(block.items)):
        missing = _("Choose an answer first.") if isinstance(block, Check) else _("Choose a place for each item first.")
        return page(request, enrolment, step, Unsent(request.POST, block.key, missing))
    answer_check(
        enrolment=enrolment,
        step=step,
        block=block,
        chosen=chosen,
        number=positive(request.POST.get(f"{block.key}.number", "")),
        locale=current_language(),
        by=request.user,
    )
    if len(exercises) > 1:
        hold(request)  # one form holds all the exercises: what was chosen in the others stays
    return redirect(f"{step_url(enrolment, step)}#{block.key}")
