from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import translate_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.document import Test
from learning.errors import Unanswered, UnknownChoice
from learning.models import Attempt, Enrolment, Response
from learning.presenting import pages
from learning.presenting.places import test_choices
from learning.queries import attempts_allowed, responses_to
from learning.services import attempts as services
from learning.views.access import learner_page, step_or_404
from support.carry import carried
from support.languages import OTHER, current_language


@require_http_methods(["GET", "HEAD", "POST"])
@learner_page
def attempt(request: HttpRequest, enrolment: Enrolment, step: str, number: int) -> HttpResponse:
    """Every POST first keeps what was chosen; then it saves, switches language or hands in."""
    test, found, responses = _find(enrolment, step, number)
    if found.submitted_at:
        return redirect("learning:result", enrolment.content.key, step, number)
    if request.method == "POST":
        return _post(request, enrolment, test, found, len(responses))
    return _page(request, enrolment, test, found, responses)


def _find(enrolment: Enrolment, step: str, number: int) -> tuple[Test, Attempt, list[Response]]:
    test = step_or_404(enrolment, step)
    responses = responses_to(enrolment, test.stage, number) if isinstance(test, Test) else []
    if not responses:
        raise Http404
    found = responses[0].attempt
    found.enrolment = enrolment
    return test, found, responses


def _page(
    request: HttpRequest,
    enrolment: Enrolment,
    test: Test,
    found: Attempt,
    responses: list[Response],
    gaps: list[int] | None = None,
) -> HttpResponse:
    asked = services.questions_of(found, responses)
    _fill_in(responses, carried(request))
    page = pages.attempt(enrolment, test, found, asked, responses, current_language(), gaps or [])
    return render(request, *page, status=422 if gaps else 200)


def _fill_in(responses: list[Response], unsent: QueryDict | None) -> None:
    """Shows choices that were sent too late to be kept: they are saved with the next POST."""
    for response in responses if unsent else ():
        places = unsent.getlist(f"q{response.place}")
        response.chosen = [
            key for place, key in enumerate(response.order, 1) if str(place) in places
        ] or response.chosen


def _post(request: HttpRequest, enrolment: Enrolment, test: Test, found: Attempt, total: int) -> HttpResponse:
    locale, here = current_language(), (enrolment.content.key, test.key, found.number)
    try:
        services.save_answers(attempt=found, chosen=test_choices(request.POST, total), locale=locale, by=request.user)
    except UnknownChoice:
        messages.error(request, _("That answer does not fit this page any more. Please choose again."))
        return redirect("learning:attempt", *here)
    if switch := request.POST.get("switch"):
        return redirect(translate_url(request.path, _known(switch)))
    if "save" in request.POST:
        messages.success(request, _("Your answers are saved. You can go on whenever you like."))
        return redirect("learning:path", enrolment.content.key)
    try:
        services.submit(attempt=found, locale=locale, by=request.user)
    except Unanswered as error:
        return _page(request, enrolment, test, found, list(found.responses.all()), gaps=error.places)
    return redirect("learning:result", *here)


def _known(language: str) -> str:
    if language not in OTHER:
        raise Http404
    return language


@require_safe
@learner_page
def result(request: HttpRequest, enrolment: Enrolment, step: str, number: int) -> HttpResponse:
    test, found, responses = _find(enrolment, step, number)
    if not found.submitted_at:
        return redirect("learning:attempt", enrolment.content.key, step, number)
    locale = current_language()
    if locale not in found.release.locales:  # taken in an earlier edition, and shown in the words it was taken in
        return redirect(translate_url(request.path, found.release.locales[0]))
    asked = services.questions_of(found, responses)
    allowed = None if found.passed else attempts_allowed(enrolment, found.stage)
    page = pages.result(enrolment, test, found.release.content, found, asked, responses, allowed, locale)
    return render(request, *page)
