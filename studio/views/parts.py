"""Saving one part of a draft, from whichever page its form stands on; a script that saves as one types gets JSON."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.permissions import May, rights_of
from certificates.choices import PAPERS
from courses.choices import LOCALES
from courses.columns import stamp
from courses.errors import Conflict
from courses.models import Change, Module
from courses.parts import SHARED, Part, part_named
from courses.services.editing import edit
from courses.services.translations import NothingToSay, confirm_unchanged, set_source, target_of
from studio.access import studio_page
from studio.forms.parts import PartForm, form_for, without_html
from studio.frame import render
from studio.presenting.conflicts import conflict_of
from studio.presenting.labels import STATES
from studio.presenting.pairs import state_of
from studio.presenting.surroundings import Surroundings
from studio.wording import PARTS
from support.carry import carried


@require_http_methods(["GET", "HEAD", "POST"])
@studio_page(May.EDIT_DRAFTS, May.TRANSLATE)
def part(request: HttpRequest, part: str, row: int, module: Module | None = None) -> HttpResponse:
    kind = _kind(part, module)
    found = _row(kind, row, module)
    if request.method != "POST":
        # After signing in again, what was typed meanwhile; else there is nothing to see but the page it stands on.
        typed = carried(request)
        form = _form(request, kind, found, module, typed)
        return _page(request, form) if typed else redirect(form.page_url)
    if "convert" in request.POST:
        messages.info(request, _("The HTML is gone. Please read the text, then save it."))
        return _page(request, _form(request, kind, found, module, without_html(kind, found, request.POST)))
    return _save(request, _form(request, kind, found, module, request.POST))


def _kind(name: str, module: Module | None) -> Part:
    try:
        kind = part_named(name)
    except KeyError:
        raise Http404 from None
    if (name in SHARED) is not (module is None):
        raise Http404
    return kind


def _row(kind: Part, row: int, module: Module | None) -> Model:
    found = kind.rows(module).filter(pk=row).first()
    if found is None:
        raise Http404
    return found


def _form(request: HttpRequest, kind: Part, row: Model, module: Module | None, data: QueryDict | None) -> PartForm:
    return form_for(kind, row, Surroundings(module, rights_of(request.user), [row], _paper(request, kind)), data)


def _paper(request: HttpRequest, kind: Part) -> str:
    """What the form stood beside. Only a paper that there is can be named: nobody is led anywhere else."""
    paper = request.GET.get("paper", "")
    return paper if kind.name == "offer" and paper in dict(PAPERS) else ""


def _save(request: HttpRequest, form: PartForm) -> HttpResponse:
    _refuse_saying(request, form)
    if not form.is_valid():
        return _refused(request, form)
    module, values = form.around.module, form.values()
    row = form.row
    if values:
        try:
            row = edit(
                part=form.part,
                row=row.pk,
                module=module,
                values=values,
                base=form.cleaned_data["base"],
                by=request.user,
            )
        except Conflict as conflict:
            return _conflict(request, form, conflict.row)
    said = _say(request, row, module)
    if _wants_json(request):
        return _saved(form.part, row, form)
    messages.success(request, said or _("Saved."))
    return redirect(form.page_url)


def _refuse_saying(request: HttpRequest, form: PartForm) -> None:
    """Before anything is saved: what the button says must be this person's to say."""
    rights, field, locale = form.around.rights, request.POST.get("unchanged"), request.POST.get("source")
    if (field and field not in form.part.words) or (locale and locale not in LOCALES):
        raise Http404
    if field and not rights.may_write(target_of(row=form.row, field=field, module=form.around.module)):
        raise PermissionDenied
    if locale and not rights.may(May.EDIT_DRAFTS):
        raise PermissionDenied


def _say(request: HttpRequest, row: Model, module: Module | None) -> str:
    """What somebody said of the translation by the button that saved the form."""
    if field := request.POST.get("unchanged"):
        try:
            confirm_unchanged(row=row, field=field, module=module, by=request.user)
        except NothingToSay:
            return _("Saved. The translation is up to date already.")
        return _("Saved. The translation counts as up to date, in your name.")
    if locale := request.POST.get("source"):
        set_source(row=row, locale=locale, module=module, by=request.user)
        return _("Saved. It is now translated the other way round.")
    return ""


def _wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _saved(kind: Part, row: Model, form: PartForm) -> JsonResponse:
    around = Surroundings(form.around.module, form.around.rights, [row])
    states = {name: state_of(kind, row, name, around).state for name in form.words}
    return JsonResponse(
        {
            "stamp": stamp(row, kind),
            "message": _("Saved at %(time)s") % {"time": time_format(timezone.localtime(), "TIME_FORMAT")},
            "states": {name: {"state": state, "label": str(STATES.get(state, ""))} for name, state in states.items()},
        }
    )


def _refused(request: HttpRequest, form: PartForm) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"errors": form.errors, "message": _in_words(form)}, status=422)
    return _page(request, form, status=422)


def _in_words(form: PartForm) -> str:
    mistakes = [
        f"{form[name].label}: {' '.join(errors)}" for name, errors in form.errors.items() if name in form.fields
    ]
    return _("Not saved. %(mistakes)s") % {"mistakes": " ".join(mistakes)}


def _conflict(request: HttpRequest, form: PartForm, row: Model) -> HttpResponse:
    """Nobody's work is lost: what they wrote is saved, what was typed here is in the form, to be saved knowingly."""
    last = Change.objects.filter(part=form.part.name, row=row.pk).select_related("by").first()
    conflict = conflict_of(form.part, row, form.values(), last)
    if _wants_json(request):
        return JsonResponse({"message": conflict["message"]}, status=409)
    data = request.POST.copy()
    data[form["base"].html_name] = stamp(row, form.part)
    return _page(request, form_for(form.part, row, form.around, data), status=409, conflict=conflict)


def _page(request: HttpRequest, form: PartForm, status: int = 200, **context: Any) -> HttpResponse:
    """One part alone on a page, to mend what was refused."""
    module = form.around.module
    form.is_valid()
    context |= {"module": module, "form": form, "part_name": PARTS[form.part.name]}
    context["back"] = form.page_url
    return render(request, "studio/part.html", context, current="outline" if module else "home", status=status)


urlpatterns = [
    path("modules/<slug:module>/parts/<slug:part>/<int:row>/", part, name="part"),
    path("shared/<slug:part>/<int:row>/", part, name="shared-part"),
]
