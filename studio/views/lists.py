"""Adding, moving, archiving and restoring what stands in plain lists: objectives, credit offers, sources, settings and
glossary terms."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.permissions import May
from courses.choices import CreditType
from courses.errors import InUse, NotOfThisModule
from courses.models import Module
from courses.parts import SHARED, Part, part_named
from courses.services import structure
from studio.access import studio_page
from studio.forms.lists import NewEntry
from studio.frame import render
from studio.links import url_of
from studio.wording import PARTS, still_in_use

IN_MODULES = ("objective", "offer", "source")
# What an entry cannot be without from the beginning.
_WITH: dict[str, Callable[[Any], dict[str, Any]]] = {
    "offer": lambda module: {
        "type": CreditType.CONTACT_HOURS,
        "starts_on": module.released_on.isoformat(),
        "ends_on": module.terminates_on.isoformat(),
    },
    "source": lambda _module: {"checked_on": timezone.localdate().isoformat()},
    "setting": lambda _module: {"icon": "people"},
}


def _part(name: str, module: Module | None) -> Part:
    if name not in (SHARED if module is None else IN_MODULES):
        raise Http404
    return part_named(name)


@require_POST
@studio_page(May.EDIT_DRAFTS)
def add(request: HttpRequest, part: str, module: Module | None = None) -> HttpResponse:
    """A new entry at the end of its list."""
    kind = _part(part, module)
    form = NewEntry(kind, request.POST)
    if not form.is_valid():
        context = {"module": module, "form": form, "part_name": PARTS[part]}
        return render(request, "studio/new_entry.html", context, current="details" if module else "home", status=422)
    values = form.cleaned_data | (_WITH[part](module) if part in _WITH else {})
    row = structure.add(part=kind, module=module, by=request.user, name=form.name, values=values)
    messages.success(request, _("Added. Write the rest of it here, then save."))
    return redirect(url_of(module, part, row.pk))


def _verb(verb: Callable, done: str) -> Callable[..., HttpResponse]:
    @require_POST
    @studio_page(May.EDIT_DRAFTS)
    def page(request: HttpRequest, part: str, row: int, module: Module | None = None) -> HttpResponse:
        kind = _part(part, module)
        try:
            verb(request, part=kind, row=row, module=module, by=request.user)
        except (NotOfThisModule, ValueError) as error:
            raise Http404 from error
        except InUse as error:
            messages.error(request, still_in_use(error))
        else:
            messages.success(request, done)
        return redirect(url_of(module, part, row))

    return page


def _move(request: HttpRequest, **arguments: Any) -> None:
    structure.move(to=int(request.POST.get("to", "")), **arguments)


def _archive(request: HttpRequest, **arguments: Any) -> None:
    structure.archive(**arguments)


def _restore(request: HttpRequest, **arguments: Any) -> None:
    structure.restore(**arguments)


move = _verb(_move, gettext_lazy("Moved."))
archive = _verb(_archive, gettext_lazy("Archived. It can be restored from the list of what is archived."))
restore = _verb(_restore, gettext_lazy("Restored."))

_VERBS = [("move", move), ("archive", archive), ("restore", restore)]
urlpatterns = [
    path("modules/<slug:module>/lists/<slug:part>/add/", add, name="list-add"),
    path("shared/<slug:part>/add/", add, name="shared-add"),
    *(
        path(f"modules/<slug:module>/lists/<slug:part>/<int:row>/{name}/", verb, name=f"list-{name}")
        for name, verb in _VERBS
    ),
    *(path(f"shared/<slug:part>/<int:row>/{name}/", verb, name=f"shared-{name}") for name, verb in _VERBS),
]
