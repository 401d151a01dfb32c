"""New papers or new certificates for a whole module: asked for in two steps, watched, stopped, tried again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import May
from certificates.choices import ItemState
from certificates.errors import ReissueUnderWay
from certificates.models import Reissue
from certificates.reports import in_force
from certificates.services import reissuing
from courses.models import Module
from studio.access import studio_page
from studio.forms.certificates import ReissueForm
from studio.frame import render
from studio.presenting.reissues import failure, listed, progress

PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@studio_page(May.REISSUE_CERTIFICATES)
def page(request: HttpRequest, module: Module) -> HttpResponse:
    """The first sending shows how many certificates are meant; only the second one begins."""
    form = ReissueForm(request.POST if request.method == "POST" else None, module)
    if not form.is_valid():
        return _page(request, module, form)
    if "begin" not in request.POST:
        return _page(request, module, form, count=in_force(module).count())
    try:
        reissue = reissuing.begin(module=module, by=request.user, **form.cleaned_data)
    except ReissueUnderWay:
        messages.error(request, _("Nothing was begun: another reissue of this module is not finished yet."))
        return redirect("studio:reissues", module.key)
    messages.success(request, _("The reissue has begun."))
    return redirect("studio:reissue", module.key, reissue.pk)


def _page(request: HttpRequest, module: Module, form: ReissueForm, count: int | None = None) -> HttpResponse:
    context = {
        "module": module,
        "form": form,
        "count": count,
        "asks": count is not None,
        "kind": form.cleaned_data.get("kind") if form.is_bound else "",
        "reissues": [listed(row) for row in module.reissues.select_related("by", "release")],
    }
    return render(request, "studio/reissues.html", context, current="reissues", status=422 if form.errors else 200)


@require_safe
@studio_page(May.REISSUE_CERTIFICATES)
def one(request: HttpRequest, module: Module, reissue: int) -> HttpResponse:
    found = _reissue_or_404(module, reissue)
    failed = found.items.filter(state=ItemState.FAILED).select_related("certificate")
    rows = Paginator(failed, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "module": module,
        "reissue": listed(found),
        "progress": progress(found),
        "page": rows,
        "failures": [failure(item) for item in rows],
    }
    return render(request, "studio/reissue.html", context, current="reissues")


@never_cache
@require_safe
@studio_page(May.REISSUE_CERTIFICATES)
def status(request: HttpRequest, module: Module, reissue: int) -> JsonResponse:
    """Whether the page has something else to show than when nothing was waiting any more."""
    return JsonResponse({"ready": not progress(_reissue_or_404(module, reissue))["goes_on"]})


@require_POST
@studio_page(May.REISSUE_CERTIFICATES)
def stop(request: HttpRequest, module: Module, reissue: int) -> HttpResponse:
    reissuing.stop(reissue=_reissue_or_404(module, reissue), by=request.user)
    messages.success(request, _("The reissue is stopped. What was done stays done."))
    return redirect("studio:reissue", module.key, reissue)


@require_POST
@studio_page(May.REISSUE_CERTIFICATES)
def retry(request: HttpRequest, module: Module, reissue: int) -> HttpResponse:
    try:
        reissuing.retry_failed(reissue=_reissue_or_404(module, reissue), by=request.user)
    except ReissueUnderWay:
        messages.error(request, _("Nothing was begun: another reissue of this module is not finished yet."))
    else:
        messages.success(request, _("The reissue goes on, and those that failed are tried again."))
    return redirect("studio:reissue", module.key, reissue)


def _reissue_or_404(module: Module, reissue: int) -> Reissue:
    return get_object_or_404(module.reissues.select_related("by", "release"), pk=reissue)


_here = "modules/<slug:module>/reissues/"
urlpatterns = [
    path(_here, page, name="reissues"),
    path(f"{_here}<int:reissue>/", one, name="reissue"),
    path(f"{_here}<int:reissue>/status", status, name="reissue-status"),
    path(f"{_here}<int:reissue>/stop/", stop, name="stop-reissue"),
    path(f"{_here}<int:reissue>/retry/", retry, name="retry-reissue"),
]
