from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import May, rights_of
from courses.choices import Act
from courses.errors import DraftError
from courses.models import Change, Module
from courses.parts import PARTS, SHARED, part_named
from courses.services.editing import restore_words
from courses.services.translations import target_of, undo_unchanged
from studio.access import studio_page
from studio.frame import render
from studio.links import history_url
from studio.presenting.history import shown

PER_PAGE = 40


@require_safe
@studio_page(May.READ_DRAFTS)
def history(request: HttpRequest, module: Module) -> HttpResponse:
    """Everything that was done to a module's draft, the newest first."""
    return _page(request, module.changes.all(), module)


@require_safe
@studio_page(May.READ_DRAFTS)
def part_history(request: HttpRequest, module: Module, part: str, row: int) -> HttpResponse:
    if part not in PARTS:
        raise Http404
    return _page(request, module.changes.filter(part=part, row=row), module)


@require_safe
@studio_page(May.READ_DRAFTS)
def shared_history(request: HttpRequest, part: str, row: int) -> HttpResponse:
    """Of a professional setting or a glossary term, which all modules share."""
    if part not in SHARED:
        raise Http404
    return _page(request, Change.objects.filter(module=None, part=part, row=row), None)


def _page(request: HttpRequest, changes: QuerySet[Change], module: Module | None) -> HttpResponse:
    page = Paginator(changes.select_related("by"), PER_PAGE).get_page(request.GET.get("page"))
    context = {"module": module, "page": page, "changes": [shown(change, module) for change in page]}
    return render(request, "studio/history.html", context, current="history")


@require_POST
@studio_page(May.EDIT_DRAFTS)
def take_back(request: HttpRequest, change: int) -> HttpResponse:
    """Puts back what stood there before a change."""
    found = _change(change)
    if found.act not in (Act.EDITED, Act.IMPORTED):
        raise Http404
    try:
        restore_words(change=found, by=request.user)
    except DraftError:
        messages.error(request, _("This part is not in the draft any more. Restore it first, then try again."))
    else:
        messages.success(request, _("What stood there before is back."))
    return redirect(history_url(found.module, found.part, found.row))


@require_POST
@studio_page(May.TRANSLATE)
def undo(request: HttpRequest, change: int) -> HttpResponse:
    """Takes a "meaning unchanged" back."""
    found = _change(change)
    if found.act != Act.UNCHANGED:
        raise Http404
    row = get_object_or_404(part_named(found.part).model, pk=found.row)
    if not rights_of(request.user).may_write(target_of(row=row, field=next(iter(found.fields)), module=found.module)):
        raise PermissionDenied
    try:
        undo_unchanged(change=found, row=row, by=request.user)
    except DraftError:
        messages.error(request, _("The text was translated again since, so there is nothing to take back."))
    else:
        messages.success(request, _("The translation counts as out of date again."))
    return redirect(history_url(found.module, found.part, found.row))


def _change(pk: int) -> Change:
    return get_object_or_404(Change.objects.select_related("module"), pk=pk)


urlpatterns = [
    path("modules/<slug:module>/history/", history, name="history"),
    path("modules/<slug:module>/parts/<slug:part>/<int:row>/history/", part_history, name="part-history"),
    path("shared/<slug:part>/<int:row>/history/", shared_history, name="shared-history"),
    path("changes/<int:change>/take-back/", take_back, name="take-back"),
    path("changes/<int:change>/undo/", undo, name="undo-unchanged"),
]
