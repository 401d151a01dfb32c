from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from courses.choices import Form
from courses.document import Test
from learning.errors import NoAttemptsLeft
from learning.models import Enrolment
from learning.presenting.frame import frame, step_url
from learning.presenting.words import show
from learning.queries import attempts_at
from learning.scoring import needed
from learning.services.attempts import start_attempt
from support.languages import current_language


def page(request: HttpRequest, enrolment: Enrolment, step: Test) -> HttpResponse:
    """Before a test: what awaits, what was done, and one button."""
    locale, content = current_language(), enrolment.content
    attempts = attempts_at(enrolment, step.stage)
    total = len(content.questions_for(Form(enrolment.pre_form), enrolment.setting))
    context = {
        **frame(enrolment, step, locale),
        "intro": show(step.intro, locale),
        "graded": step.stage == "post",
        "questions": total,
        "needed": needed(total, content.pass_mark),
        "pass_mark": content.pass_mark,
        "attempts": [attempt for attempt in attempts if attempt.submitted_at],
        "under_way": any(attempt.submitted_at is None for attempt in attempts),
        "passed": any(attempt.passed for attempt in attempts),
        "attempts_allowed": content.attempts_allowed,
        "used_up": content.attempts_allowed is not None and len(attempts) >= content.attempts_allowed,
    }
    return render(request, "learning/test.html", context)


def post(request: HttpRequest, enrolment: Enrolment, step: Test) -> HttpResponse:
    try:
        attempt = start_attempt(enrolment=enrolment, step=step, locale=current_language(), by=request.user)
    except NoAttemptsLeft:
        messages.info(request, _("You have used every attempt. Write to the support team: they can grant one more."))
        return redirect(step_url(enrolment, step))
    name = "learning:result" if attempt.submitted_at else "learning:attempt"
    return redirect(name, enrolment.content.key, step.key, attempt.number)
