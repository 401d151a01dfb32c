"""Moving, copying, archiving and restoring the sections and steps of an outline."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import May
from courses.errors import InUse, NotOfThisModule, OneIsEnough
from courses.models import Module, Step
from courses.parts import PARTS, Part
from courses.services import structure
from courses.services.copying import duplicate
from learning.queries import learners_with
from studio.access import studio_page
from studio.forms.outline import PlaceForm
from studio.frame import render
from studio.presenting.naming import named
from studio.views.outline import outline_url


def _part(name: str) -> Part:
    if name not in ("section", "step"):
        raise Http404
    return PARTS[name]


def _do(
    request: HttpRequest, module: Module, kind: str, done: str, verb: Callable, anchor: str = "", **arguments: Any
) -> HttpResponse:
    """Calls a service on a row of this module and lands on the row, or on the place that `anchor` names."""
    try:
        row = verb(module=module, by=request.user, **arguments)
    except NotOfThisModule as error:
        raise Http404 from error
    except InUse:
        messages.error(request, _("This section still has steps. Move or archive them first."))
        return redirect(f"{outline_url(module)}#section-{arguments['row']}")
    except OneIsEnough:
        messages.error(request, _("A module has one of each test and one survey. Archive the other first."))
        return redirect(f"{outline_url(module)}#archived")
    messages.success(request, done % {"title": named(row, "title")})
    return redirect(f"{outline_url(module)}#{anchor or f'{kind}-{row.pk}'}")


@require_POST
@studio_page(May.EDIT_DRAFTS)
def move(request: HttpRequest, module: Module, part: str, row: int) -> HttpResponse:
    form = PlaceForm(request.POST, module=module)
    if not form.is_valid():
        messages.error(request, _("Choose a section of this module and a place in it, counted from 1."))
        return redirect(f"{outline_url(module)}#{_part(part).name}-{row}")
    parent = form.cleaned_data["section"] if part == "step" else None
    where = {"part": _part(part), "row": row, "to": form.cleaned_data["to"], "parent": parent}
    return _do(request, module, part, _("“%(title)s” was moved."), structure.move, **where)


@require_POST
@studio_page(May.EDIT_DRAFTS)
def copy(request: HttpRequest, module: Module, row: int) -> HttpResponse:
    done = _("“%(title)s” was duplicated; this is the copy.")
    return _do(request, module, "step", done, duplicate, part="step", row=row)


@require_http_methods(["GET", "HEAD", "POST"])
@studio_page(May.EDIT_DRAFTS)
def archive(request: HttpRequest, module: Module, part: str, row: int) -> HttpResponse:
    """A step first asks, and says how many learners are in an edition that has it."""
    if request.method == "POST":
        done = _("“%(title)s” was archived. You can restore it below.")
        return _do(request, module, part, done, structure.archive, anchor="archived", part=_part(part), row=row)
    step = get_object_or_404(Step.live, module=module, pk=row) if part == "step" else None
    if step is None:
        raise Http404
    context = {
        "module": module,
        "step": step,
        "name": named(step, "title"),
        "learners": learners_with(module, step.key),
    }
    return render(request, "studio/archive.html", {**context, "back_url": outline_url(module)}, current="outline")


@require_POST
@studio_page(May.EDIT_DRAFTS)
def restore(request: HttpRequest, module: Module, part: str, row: int) -> HttpResponse:
    done = _("“%(title)s” is part of the draft again.")
    return _do(request, module, part, done, structure.restore, part=_part(part), row=row)


_ROW = "modules/<slug:module>/outline/<slug:part>/<int:row>"
urlpatterns = [
    path("modules/<slug:module>/outline/step/<int:row>/duplicate/", copy, name="duplicate-step"),
    path(f"{_ROW}/move/", move, name="move"),
    path(f"{_ROW}/archive/", archive, name="archive"),
    path(f"{_ROW}/restore/", restore, name="restore"),
]
