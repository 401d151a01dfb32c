from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import May
from courses.branches import role_of
from courses.errors import Conflict, NotOfThisModule
from courses.models import Module, Section
from courses.parts import PARTS
from courses.services.matrix import assign_settings
from courses.services.structure import add
from studio.access import studio_page
from studio.forms.outline import MatrixForm, SectionForm, StepForm, TitledForm, free_roles
from studio.frame import render
from studio.presenting.matrix import matrix
from studio.presenting.naming import named
from studio.presenting.outline import outline
from studio.presenting.plan import Plan


@require_safe
@studio_page(May.READ_DRAFTS)
def page(request: HttpRequest, module: Module) -> HttpResponse:
    return _answer(request, Plan(module))


def _answer(
    request: HttpRequest, plan: Plan, form: TitledForm | None = None, ticks: dict | None = None, status: int = 200
) -> HttpResponse:
    """`form` is one that was sent and has to be mended: it takes the place of the empty one."""
    context = outline(plan)
    for section in context["sections"]:
        section["form"] = _form_for(form, _prefix(section["pk"])) or _step_form(plan, section["pk"])
    return render(
        request,
        "studio/outline.html",
        {
            "module": plan.module,
            "form": form,
            "section_form": _form_for(form, "section") or SectionForm(prefix="section"),
            "matrix": matrix(plan, ticks),
            **context,
        },
        current="outline",
        status=status,
    )


def _form_for(form: TitledForm | None, prefix: str) -> TitledForm | None:
    return form if form and form.prefix == prefix else None


def _prefix(section: int) -> str:
    return f"step-in-{section}"


def _step_form(plan: Plan, section: int, data: dict | None = None) -> StepForm:
    roles = free_roles(role_of(step.kind, step.stage) for step in plan.steps)
    return StepForm(data, prefix=_prefix(section), roles=roles)


@require_POST
@studio_page(May.EDIT_DRAFTS)
def add_section(request: HttpRequest, module: Module) -> HttpResponse:
    form = SectionForm(request.POST, prefix="section")
    if not form.is_valid():
        return _answer(request, Plan(module), form, status=422)
    name = form.titles["title_en"] or form.titles["title_es"]
    section = add(part=PARTS["section"], module=module, by=request.user, name=name, values=form.titles)
    messages.success(request, _("The section “%(title)s” was added.") % {"title": named(section, "title")})
    return redirect(f"{outline_url(module)}#section-{section.pk}")


@require_POST
@studio_page(May.EDIT_DRAFTS)
def add_step(request: HttpRequest, module: Module, section: int) -> HttpResponse:
    place = get_object_or_404(Section.live, module=module, pk=section)
    plan = Plan(module)
    form = _step_form(plan, section, request.POST)
    if not form.is_valid():
        return _answer(request, plan, form, status=422)
    step = add(
        part=PARTS["step"],
        module=module,
        by=request.user,
        parent=place,
        name=form.titles["title_en"] or form.titles["title_es"],
        values=form.titles,
        **form.fixed,
    )
    messages.success(request, _("“%(title)s” was added. Open it to write it.") % {"title": named(step, "title")})
    return redirect(f"{outline_url(module)}#step-{step.pk}")


@require_POST
@studio_page(May.EDIT_DRAFTS)
def assign(request: HttpRequest, module: Module) -> HttpResponse:
    """Saves who sees what; what another author changed meanwhile is shown, with one's own ticks kept."""
    plan = Plan(module)
    form = MatrixForm(request.POST, columns=[setting.key for setting in [*plan.settings, *plan.strays]])
    if not form.is_valid():
        messages.error(request, form.errors["shown"][0])
        return _answer(request, plan, status=422)
    try:
        assign_settings(module=module, wanted=form.wanted, by=request.user)
    except NotOfThisModule:
        messages.error(request, _("A step in the table is not part of this module any more. Nothing was saved."))
        return _answer(request, plan, status=404)
    except Conflict as conflict:
        text = _("“%(title)s” was changed by somebody else meanwhile. Your ticks are still here: check and save again.")
        messages.error(request, text % {"title": named(conflict.row, "title")})
        return _answer(request, plan, ticks={row: wish.settings for row, wish in form.wanted.items()}, status=409)
    messages.success(request, _("Who sees what is saved."))
    return redirect(f"{outline_url(module)}#matrix")


def outline_url(module: Module) -> str:
    return reverse("studio:outline", args=[module.key])


urlpatterns = [
    path("modules/<slug:module>/", page, name="outline"),
    path("modules/<slug:module>/outline/sections/", add_section, name="add-section"),
    path("modules/<slug:module>/outline/sections/<int:section>/steps/", add_step, name="add-step"),
    path("modules/<slug:module>/outline/settings/", assign, name="assign-settings"),
]
