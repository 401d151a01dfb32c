"""The translation desk: every text of a module with its state."""

import re
from itertools import pairwise

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import May, rights_of
from courses.errors import Conflict
from courses.models import Module
from courses.parts import PARTS
from courses.services.translating import say_reviewed
from courses.services.translations import NothingToSay
from courses.texts import Translated, translations_of
from studio.access import studio_page
from studio.forms.desk import FilterForm, texts_of_desk
from studio.frame import render
from studio.presenting.desk_list import Filters, choices_of, counts_of, desk_url, locale_to_write
from studio.presenting.places import Names

PER_PAGE = 50
_TICKED = re.compile(r"([a-z-]{1,20})\.(\d{1,18})\.([a-z_]{1,40}):([0-9a-f]{64})")


@require_safe
@studio_page(May.READ_DRAFTS)
def desk(request: HttpRequest, module: Module) -> HttpResponse:
    filters = Filters.read(request.GET)
    items = translations_of(module)
    page = Paginator(filters.pick(items), PER_PAGE).get_page(request.GET.get("page"))
    names = Names(item.text for item in items)
    texts = texts_of_desk(module, list(page), names, rights_of(request.user))
    for text, following in pairwise(texts):
        text.following = following.anchor
    context = {
        "module": module,
        "filters": filters,
        "counts": counts_of(items),
        "form": FilterForm(filters, choices_of(items, names)),
        "page": page,
        "texts": texts,
        "here": filters.at(page.number),
        "may_approve": any(text.may_approve for text in texts),
    }
    return render(request, "studio/desk.html", context, current="desk")


@require_POST
@studio_page(May.TRANSLATE)
def desk_reviewed(request: HttpRequest, module: Module) -> HttpResponse:
    """The ticked ones of a page; what changed since the page was shown is left alone."""
    ticked = [_TICKED.fullmatch(value) for value in request.POST.getlist("text")]
    rights = rights_of(request.user)
    items = {item.text.address: item for item in translations_of(module)}
    done = left = 0
    with transaction.atomic():
        for match in ticked:
            item = items.get((match[1], int(match[2]), match[3])) if match else None
            if item is None:
                raise Http404
            if not rights.may_write(locale_to_write(item)):
                raise PermissionDenied
            fits = _reviewed(request, module, item, match[4])
            done, left = done + fits, left + (not fits)
    _tell(request, done, left)
    return redirect(desk_url(module, request.GET))


def _reviewed(request: HttpRequest, module: Module, item: Translated, seen: str) -> bool:
    part, row, field = item.text.address
    try:
        say_reviewed(part=PARTS[part], row=row, field=field, module=module, seen=seen, by=request.user)
    except (Conflict, NothingToSay):
        return False
    return True


def _tell(request: HttpRequest, done: int, left: int) -> None:
    if not done and not left:
        messages.warning(request, _("Nothing was ticked."))
    if done:
        said = ngettext("%(count)d translation counts as reviewed.", "%(count)d translations count as reviewed.", done)
        messages.success(request, said % {"count": done})
    if left:
        said = ngettext(
            "%(count)d text was changed meanwhile and is left as it was.",
            "%(count)d texts were changed meanwhile and are left as they were.",
            left,
        )
        messages.warning(request, said % {"count": left})


urlpatterns = [
    path("modules/<slug:module>/translations/", desk, name="desk"),
    path("modules/<slug:module>/translations/reviewed/", desk_reviewed, name="desk-reviewed"),
]
