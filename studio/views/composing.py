"""Adding, moving, copying, archiving and restoring what stands inside a step, or inside a question of the bank."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.permissions import May
from courses.choices import BlockKind, StepKind, SurveyKind
from courses.errors import InUse, NotOfThisModule
from courses.models import CaseNode, Module
from courses.parts import PARTS, Part
from courses.services import structure
from courses.services.copying import duplicate
from studio.access import studio_page
from studio.links import url_of_row
from studio.wording import still_in_use
from support.numbers import whole

# Part → what it stands in, what that must be, and the kinds it comes in.
_IN: dict[str, tuple[str, str]] = {
    "block": ("step", StepKind.LESSON),
    "node": ("step", StepKind.CASE),
    "survey-item": ("step", StepKind.SURVEY),
    "choice": ("node", ""),
    "survey-option": ("survey-item", SurveyKind.CHOICE),
    "option": ("question", ""),
    "category": ("question", ""),
}
_KINDS: dict[str, type] = {"block": BlockKind, "survey-item": SurveyKind}
_COPIED = {"block", "survey-item"}


def _part(name: str) -> Part:
    if name not in _IN:
        raise Http404
    return PARTS[name]


@require_POST
@studio_page(May.EDIT_DRAFTS)
def add(request: HttpRequest, module: Module, part: str) -> HttpResponse:
    kind = _part(part)
    parent = _parent(request, module, part)
    row = structure.add(part=kind, module=module, by=request.user, parent=parent, **_at_birth(request, part, parent))
    if to := _number(request.POST.get("to", "")):
        structure.move(part=kind, row=row.pk, module=module, to=to, by=request.user)
    messages.success(request, _("Added. Write it here, in both languages."))
    return redirect(url_of_row(module, row))


def _parent(request: HttpRequest, module: Module, part: str) -> Model:
    name, kind = _IN[part]
    number = _number(request.POST.get("parent", ""))
    parent = PARTS[name].live(module).filter(pk=number).first()
    if parent is None or (kind and parent.kind != kind):
        raise Http404
    return parent


def _at_birth(request: HttpRequest, part: str, parent: Model) -> dict[str, Any]:
    if part in _KINDS:
        kind = request.POST.get("kind", "")
        if kind not in list(_KINDS[part]):
            raise Http404
        return {"kind": kind, "name": kind}
    if part == "choice":
        to = request.POST.get("leads_to", "")
        if to not in CaseNode.live.filter(step=parent.step_id).values_list("key", flat=True):
            raise Http404
        return {"values": {"to": to}}
    return {}


def _number(text: str) -> int:
    return whole(text, 9) or 0


def _verb(verb: Callable[..., Model], done: Any, on_parent: bool = False) -> Callable[..., HttpResponse]:
    """A page that does one thing to a row and lands on it, or, where it is gone from the page, on what it stood in."""

    @require_POST
    @studio_page(May.EDIT_DRAFTS)
    def page(request: HttpRequest, module: Module, part: str, row: int) -> HttpResponse:
        kind = _part(part)
        try:
            found = verb(request, part=kind, row=row, module=module, by=request.user)
        except NotOfThisModule as error:
            raise Http404 from error
        except InUse as error:
            messages.error(request, still_in_use(error))
            return redirect(url_of_row(module, kind.rows(module).get(pk=row)))
        messages.success(request, done)
        return redirect(url_of_row(module, getattr(found, kind.parent) if on_parent else found))

    return page


def _move(request: HttpRequest, **arguments: Any) -> Model:
    return structure.move(to=_number(request.POST.get("to", "")), **arguments)


def _copy(request: HttpRequest, part: Part, **arguments: Any) -> Model:
    if part.name not in _COPIED:
        raise Http404
    return duplicate(part=part.name, **arguments)


def _archive(request: HttpRequest, **arguments: Any) -> Model:
    return structure.archive(**arguments)


def _restore(request: HttpRequest, **arguments: Any) -> Model:
    return structure.restore(**arguments)


move = _verb(_move, gettext_lazy("Moved."))
copy = _verb(_copy, gettext_lazy("Duplicated; this is the copy."))
archive = _verb(
    _archive, gettext_lazy("Archived. It can be restored from the list of what is archived."), on_parent=True
)
restore = _verb(_restore, gettext_lazy("Restored."))

_ROW = "modules/<slug:module>/parts/<slug:part>/<int:row>"
urlpatterns = [
    path("modules/<slug:module>/parts/<slug:part>/add/", add, name="part-add"),
    path(f"{_ROW}/move/", move, name="part-move"),
    path(f"{_ROW}/duplicate/", copy, name="part-duplicate"),
    path(f"{_ROW}/archive/", archive, name="part-archive"),
    path(f"{_ROW}/restore/", restore, name="part-restore"),
]
