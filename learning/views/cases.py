from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from courses.document import Case
from learning.models import Enrolment
from learning.presenting import pages
from learning.presenting.frame import after_finishing, step_url
from learning.presenting.places import case_choice, positive
from learning.queries import current_run
from learning.services.practice import decide, skip_case
from support.carry import carried
from support.languages import current_language


def page(request: HttpRequest, enrolment: Enrolment, step: Case, error: str = "") -> HttpResponse:
    """`?again` shows the beginning of the next run; nothing is written until its first decision."""
    run, decisions = current_run(enrolment, step)
    if "again" in request.GET and decisions:
        run, decisions = run + 1, []
    chosen = (carried(request) or {}).get("choice", "")
    page = pages.case(enrolment, step, run, decisions, current_language(), chosen=chosen, error=error)
    return render(request, *page, status=422 if error else 200)


def post(request: HttpRequest, enrolment: Enrolment, step: Case) -> HttpResponse:
    if "skip" in request.POST:
        enrolment = skip_case(enrolment=enrolment, step=step, locale=current_language(), by=request.user)
        return redirect(after_finishing(enrolment, step))
    if not request.POST.get("choice"):
        return page(request, enrolment, step, error=_("Choose what you would do first."))
    node = request.POST.get("node", "")
    decide(
        enrolment=enrolment,
        step=step,
        run=positive(request.POST.get("run", "")),
        node=node,
        choice=case_choice(step, node, request.POST["choice"]),
        locale=current_language(),
        by=request.user,
    )
    return redirect(f"{step_url(enrolment, step)}#now")
