from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import May
from courses.choices import Availability
from courses.models import Module, Release
from courses.services.releases import open_again, recall, withdraw
from studio.access import studio_page
from studio.forms.review import EventForm, event_forms
from studio.frame import render
from studio.presenting.releases import NEXT, release_in_words

VERBS: dict[str, Callable] = {
    Availability.OPENED: open_again,
    Availability.WITHDRAWN: withdraw,
    Availability.RECALLED: recall,
}


@require_safe
@studio_page(May.READ_DRAFTS)
def page(request: HttpRequest, module: Module, number: int) -> HttpResponse:
    return _answer(request, _release_or_404(module, number))


def _release_or_404(module: Module, number: int) -> Release:
    return get_object_or_404(module.releases.select_related("module", "created_by"), number=number)


def _answer(request: HttpRequest, release: Release, sent: EventForm | None = None) -> HttpResponse:
    context = release_in_words(release)
    for language in context["languages"]:
        language["forms"] = event_forms(language["locale"], NEXT[language["event"].kind], sent)
    context |= {"module": release.module, "form": sent}
    return render(request, "studio/release.html", context, current="review", status=422 if sent else 200)


@require_POST
@studio_page(May.PUBLISH)
def change(request: HttpRequest, module: Module, number: int, locale: str, kind: str) -> HttpResponse:
    """Withdraws, recalls or opens again one language of an edition."""
    release = _release_or_404(module, number)
    if locale not in release.locales or kind not in VERBS:
        raise Http404
    form = EventForm(request.POST, locale=locale, kind=kind)
    if not form.is_valid():
        return _answer(request, release, form)
    VERBS[kind](release=release, locale=locale, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, _("This is recorded with the edition."))
    return redirect("studio:release", module.key, number)


urlpatterns = [
    path("modules/<slug:module>/releases/<int:number>/", page, name="release"),
    path("modules/<slug:module>/releases/<int:number>/<slug:locale>/<slug:kind>/", change, name="change-release"),
]
