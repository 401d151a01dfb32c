from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine

from learning.models import Enrolment

PAGE = Engine().from_string(
    "<!doctype html><title>{{ user.email }}</title><h1>{{ enrolment.setting }}</h1>"
    "<p>{{ visits|length }} visits, {{ answers|length }} answers</p>" + "<p>" + "bare " * 150 + "</p>"
)


@login_required
def bare(request: HttpRequest) -> HttpResponse:
    """The session, the user, three queries and a page of one kilobyte: the unit that other pages are measured in."""
    enrolment = Enrolment.objects.filter(user=request.user).first()
    visits = list(enrolment.visits.order_by("id")[:10])
    answers = list(enrolment.check_answers.order_by("id")[:10])
    context = {"user": request.user, "enrolment": enrolment, "visits": visits, "answers": answers}
    return HttpResponse(PAGE.render(Context(context)))
