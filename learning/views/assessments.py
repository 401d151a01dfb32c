from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from courses.choices import Form
from courses.document import Test
from learning.errors import NoAttemptsLeft
from learning.models import Enrolment
from learning.presenting import pages
from learning.presenting.frame import step_url
from learning.queries import attempts_allowed, attempts_at
from learning.services.attempts import start_attempt
from support.languages import current_language


def page(request: HttpRequest, enrolment: Enrolment, step: Test) -> HttpResponse:
    """Before a test: what awaits, what was done, and one button."""
    attempts = attempts_at(enrolment, step.stage)
    allowed = attempts_allowed(enrolment, step.stage) if step.stage == "post" else None
    form = Form(enrolment.pre_form)
    return render(request, *pages.before_test(enrolment, step, form, attempts, allowed, current_language()))


def post(request: HttpRequest, enrolment: Enrolment, step: Test) -> HttpResponse:
    try:
        attempt = start_attempt(enrolment=enrolment, step=step, locale=current_language(), by=request.user)
    except NoAttemptsLeft:
        messages.info(request, _("You have used every attempt. Write to the support team: they can grant one more."))
        return redirect(step_url(enrolment, step))
    name = "learning:result" if attempt.submitted_at else "learning:attempt"
    return redirect(name, enrolment.content.key, step.key, attempt.number)
