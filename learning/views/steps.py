from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses.document import Case, Lesson, Step, Survey, Test
from learning.errors import NotOpenYet, UnknownChoice
from learning.models import Enrolment
from learning.presenting import pages
from learning.presenting.frame import step_url
from learning.services import steps as services
from learning.views import assessments, cases, lessons, surveys
from learning.views.access import learner_page, step_or_404
from support.carry import carry
from support.languages import current_language

PAGES = {Lesson: lessons, Case: cases, Test: assessments, Survey: surveys}


@require_http_methods(["GET", "HEAD", "POST"])
@learner_page
def step(request: HttpRequest, enrolment: Enrolment, step: str) -> HttpResponse:
    """One address for each step; what a POST means is its kind's affair."""
    found = step_or_404(enrolment, step)
    if switch := request.POST.get("switch"):
        return carry(request, switch)
    try:
        if request.method == "POST":
            return PAGES[type(found)].post(request, enrolment, found)
        services.open_step(enrolment=enrolment, step=found, locale=current_language(), by=request.user)
        return PAGES[type(found)].page(request, enrolment, found)
    except NotOpenYet as error:
        return _not_open_yet(request, enrolment, found, error)
    except UnknownChoice:
        messages.error(request, _("That answer does not fit this page any more. Please choose again."))
        return redirect(step_url(enrolment, found))


def _not_open_yet(request: HttpRequest, enrolment: Enrolment, step: Step, error: NotOpenYet) -> HttpResponse:
    page = pages.not_open_yet(enrolment, step, error.waits_for, current_language())
    return render(request, *page, status=403)


@require_POST
@learner_page
def seen(request: HttpRequest, enrolment: Enrolment, step: str) -> HttpResponse:
    found = step_or_404(enrolment, step)
    try:
        services.see_block(enrolment=enrolment, step=found, block=request.POST.get("block", ""), by=request.user)
    except UnknownChoice as error:
        raise Http404 from error
    return HttpResponse(status=204)
