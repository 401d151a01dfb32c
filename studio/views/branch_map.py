from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.http import require_safe

from accounts.permissions import May
from courses.choices import StepKind
from courses.models import Module, Step
from studio.access import studio_page
from studio.frame import render
from studio.presenting.branch_map import drawn, told
from studio.presenting.case_map import case_map as case_of
from studio.presenting.matrix import problems
from studio.presenting.naming import named
from studio.presenting.plan import Plan


@require_safe
@studio_page(May.READ_DRAFTS)
def branch_map(request: HttpRequest, module: Module) -> HttpResponse:
    """Each professional setting as a line through its steps, drawn and told."""
    plan = Plan(module)
    context = {"module": module, "map": drawn(plan), "lines": told(plan), "problems": problems(plan)}
    return render(request, "studio/map.html", context, current="map")


@require_safe
@studio_page(May.READ_DRAFTS)
def case_map(request: HttpRequest, module: Module, step: str) -> HttpResponse:
    """The scenes of a practice case and the choices between them, drawn and told."""
    case = get_object_or_404(Step.live, module=module, key=step, kind=StepKind.CASE)
    context = {"module": module, "name": named(case, "title"), **case_of(case)}
    return render(request, "studio/case_map.html", context, current="map")


urlpatterns = [
    path("modules/<slug:module>/map/", branch_map, name="map"),
    path("modules/<slug:module>/steps/<slug:step>/map/", case_map, name="case-map"),
]
