"""How a learner's page finds its enrolment: through the signed-in user only, so no id can name somebody else's."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.choices import Availability
from courses.document import Step
from learning.models import Enrolment
from learning.queries import current_enrolment
from support.carry import hold
from support.languages import current_language

LearnerView = Callable[..., HttpResponse]


def learner_page(view: LearnerView) -> LearnerView:
    """Calls `view(request, enrolment, …)`; without an enrolment the learner is taken to the module to begin.

    An edition that lacks the page's language, or was recalled in it, leads to the newest one that is open. What was
    sent after the session had expired is on the page again after signing in.
    """

    @wraps(view)
    def page(request: HttpRequest, module: str, **kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            hold(request)
            return redirect_to_login(request.path, reverse("accounts:sign-in"))
        enrolment = current_enrolment(request.user, module, current_language())
        if enrolment is None:
            messages.info(request, _("Choose your professional setting to begin this module."))
            return redirect("learning:module", module)
        if _must_move(enrolment) and view.__name__ != "change_edition":
            return redirect("learning:change-edition", module)
        return view(request, enrolment, **kwargs)

    return page


def _must_move(enrolment: Enrolment) -> bool:
    """A completed enrolment stays as it is, whatever became of its edition."""
    if current_language() not in enrolment.release.locales:
        return True
    return enrolment.availability == Availability.RECALLED and not enrolment.completed_at


def step_or_404(enrolment: Enrolment, key: str) -> Step:
    step = enrolment.content.step(key)
    if step is None:
        raise Http404
    return step
