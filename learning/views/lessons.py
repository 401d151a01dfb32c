from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from courses.document import Check, Lesson, Sort
from learning.forms import check_choices, positive, sort_choices
from learning.models import Enrolment
from learning.presenting.frame import after_finishing, frame, step_url
from learning.presenting.lessons import lesson
from learning.queries import latest_check_answers
from learning.services.practice import answer_check
from learning.services.steps import finish_lesson
from support.carry import carried, hold
from support.languages import current_language


def page(request: HttpRequest, enrolment: Enrolment, step: Lesson, error: str = "", block: str = "") -> HttpResponse:
    locale = current_language()
    answers = latest_check_answers(enrolment, step.key)
    context = {**frame(enrolment, step, locale), **lesson(enrolment.release, step, answers, locale)}
    _fill_in(context["blocks"], request.POST if error else carried(request))
    context["practice"] = bool(_practice(step))
    context["error"] = {"block": block, "text": error}
    return render(request, "learning/lesson.html", context, status=422 if error else 200)


def _practice(step: Lesson) -> list[Check | Sort]:
    return [block for block in step.blocks if isinstance(block, Check | Sort)]


def _fill_in(blocks: list[dict], unsent: QueryDict | None) -> None:
    """Puts choices that were made but not sent back where they were made."""
    for block in blocks if unsent else ():
        picked = unsent.getlist(f"{block['key']}.choice")
        for option in block.get("options", ()):
            option["checked"] = option["key"] in picked
        for place, item in enumerate(block.get("items", ()), start=1):
            item["chosen"] = unsent.get(f"{block['key']}.item-{place}", "")


def post(request: HttpRequest, enrolment: Enrolment, step: Lesson) -> HttpResponse:
    if "block" in request.POST:
        return _answer(request, enrolment, step)
    enrolment = finish_lesson(enrolment=enrolment, step=step, locale=current_language(), by=request.user)
    return redirect(after_finishing(enrolment, step))


def _answer(request: HttpRequest, enrolment: Enrolment, step: Lesson) -> HttpResponse:
    block = next((block for block in _practice(step) if block.key == request.POST["block"]), None)
    if block is None:
        raise Http404
    chosen = check_choices(block, request.POST) if isinstance(block, Check) else sort_choices(block, request.POST)
    if not chosen or (isinstance(block, Sort) and len(chosen) < len(block.items)):
        missing = _("Choose an answer first.") if isinstance(block, Check) else _("Choose a place for each item first.")
        return page(request, enrolment, step, error=missing, block=block.key)
    answer_check(
        enrolment=enrolment,
        step=step,
        block=block,
        chosen=chosen,
        number=positive(request.POST.get(f"{block.key}.number", "")),
        locale=current_language(),
        by=request.user,
    )
    if len(_practice(step)) > 1:
        hold(request)  # one form holds all the exercises: what was chosen in the others stays
    return redirect(f"{step_url(enrolment, step)}#{block.key}")
