from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from courses.document import Survey
from learning.forms import survey_answers
from learning.models import Enrolment
from learning.presenting import pages
from learning.presenting.frame import after_finishing
from learning.services.surveys import COMMENT_LENGTH, answer_survey
from support.carry import carried
from support.languages import current_language


def page(request: HttpRequest, enrolment: Enrolment, step: Survey, error: str = "") -> HttpResponse:
    given = request.POST if error else carried(request) or {}
    page = pages.survey(enrolment, step, given, current_language(), error)
    return render(request, *page, status=422 if error else 200)


def post(request: HttpRequest, enrolment: Enrolment, step: Survey) -> HttpResponse:
    answers = survey_answers(step, request.POST)
    if any(len(answer) > COMMENT_LENGTH for answer in answers.values()):
        too_long = _("The comment is longer than %(most)s letters. Please shorten it; nothing is lost.")
        return page(request, enrolment, step, error=too_long % {"most": COMMENT_LENGTH})
    enrolment = answer_survey(
        enrolment=enrolment, step=step, answers=answers, locale=current_language(), by=request.user
    )
    messages.success(request, _("Thank you. Your answers were stored without your name."))
    return redirect(after_finishing(enrolment, step))
