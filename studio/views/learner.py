from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.permissions import May
from accounts.queries import profile_of
from certificates.queries import is_certified
from courses.choices import Stage
from learning.errors import AlreadyComplete, GrantNotNeeded
from learning.models import Enrolment
from learning.reports import record_of
from learning.services.grants import grant_attempt
from studio.access import studio_page
from studio.forms.learners import GrantForm
from studio.frame import render
from studio.presenting.record import record


@require_safe
@studio_page(May.SEE_LEARNERS)
def learner(request: HttpRequest, learner: int) -> HttpResponse:
    return _page(request, get_object_or_404(User, pk=learner), {})


def _page(request: HttpRequest, person: User, forms: dict[int, GrantForm], status: int = 200) -> HttpResponse:
    """`forms` holds what was typed wrongly, by enrolment."""
    rows = record_of(person).annotate(certified=is_certified()).prefetch_related("completion__certificates")
    records = [{**record(row), "form": forms.get(row.pk) or GrantForm(prefix=f"grant-{row.pk}")} for row in rows]
    context = {"person": person, "profile": profile_of(person), "records": records}
    return render(request, "studio/learner.html", context, current="find-learner", status=status)


@require_POST
@studio_page(May.HELP_LEARNERS)
def grant(request: HttpRequest, learner: int, enrolment: int) -> HttpResponse:
    """One more attempt at the final test."""
    found = get_object_or_404(Enrolment.objects.select_related("user"), pk=enrolment, user__pk=learner)
    form = GrantForm(request.POST, prefix=f"grant-{found.pk}")
    if not form.is_valid():
        return _page(request, found.user, {found.pk: form}, status=422)
    try:
        grant_attempt(enrolment=found, stage=Stage.POST, reason=form.cleaned_data["reason"], by=request.user)
    except (AlreadyComplete, GrantNotNeeded) as refusal:
        messages.error(request, _explain(refusal))
    else:
        messages.success(request, _("One more attempt is granted. The learner finds it on the page of the final test."))
    return redirect(reverse("studio:learner", args=[learner]) + f"#enrolment-{found.pk}")


def _explain(refusal: Exception) -> str:
    return {
        AlreadyComplete: _("This learner has completed the module, so another attempt would change nothing."),
        GrantNotNeeded: _("Nothing was granted: this learner can still start or finish an attempt."),
    }[type(refusal)]


urlpatterns = [
    path("learners/<int:learner>/", learner, name="learner"),
    path("learners/<int:learner>/enrolments/<int:enrolment>/attempts/", grant, name="grant-attempt"),
]
