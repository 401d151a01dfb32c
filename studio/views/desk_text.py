"""One text of the translation desk: saved, said to be unchanged, or reviewed."""

import re
from collections.abc import Mapping
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.permissions import May, rights_of
from courses.errors import Conflict
from courses.models import Module
from courses.parts import PARTS
from courses.services.translating import say_reviewed, say_unchanged, seen_digest, translate
from courses.services.translations import NothingToSay
from courses.texts import translations_of
from studio.access import studio_page
from studio.forms.desk import WordsForm, texts_of_desk
from studio.frame import render
from studio.presenting.desk import DeskText
from studio.presenting.desk_list import Filters, desk_url
from studio.presenting.places import Names
from support.carry import carried

_ANCHOR = re.compile(r"text-[a-z_0-9-]{1,80}")


@require_http_methods(["GET", "HEAD", "POST"])
@studio_page(May.TRANSLATE)
def desk_text(request: HttpRequest, module: Module, part: str, row: int, field: str) -> HttpResponse:
    """What was refused is mended on a page of its own, where nothing typed is lost."""
    text = _text(request, module, part, row, field)
    if request.method != "POST":
        return _page(request, text, carried(request))
    if not text.may_write:
        raise PermissionDenied
    if "words" in request.POST and not text.is_words:
        raise Http404
    form = WordsForm(text, request.POST)
    if "words" in request.POST and not form.is_valid():
        return _page(request, text, request.POST, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        said = _say(request, text, form)
    except Conflict:
        return _conflict(request, _text(request, module, part, row, field))
    except NothingToSay:
        said = _("Nothing was changed: this text is not translated, or its source has changed since.")
    messages.success(request, said)
    return redirect(_back(request, text))


def _text(request: HttpRequest, module: Module, part: str, row: int, field: str) -> DeskText:
    items = translations_of(module)
    found = [item for item in items if item.text.address == (part, row, field)]
    if not found:
        raise Http404
    return texts_of_desk(module, found, Names(item.text for item in items), rights_of(request.user))[0]


@transaction.atomic
def _say(request: HttpRequest, text: DeskText, form: WordsForm) -> str:
    """Words that were changed are saved whichever button was pressed. Raises Conflict, NothingToSay."""
    part, row, field = text.item.text.address
    about = {"part": PARTS[part], "row": row, "field": field, "module": text.module, "by": request.user}
    seen = request.POST.get("seen", "")
    changed = form.is_bound and "words" in request.POST and form.cleaned_data["words"] != text.target
    if changed:
        words = form.cleaned_data["words"]
        translate(**about, locale=text.locale, words=words, seen=seen)
        seen = seen_digest(text.item.text.words | {text.locale: words})
    if "reviewed" in request.POST:
        say_reviewed(**about, seen=seen)
        return _("The translation counts as reviewed, in your name.")
    if "unchanged" in request.POST and not changed:
        say_unchanged(**about, seen=seen)
        return _("The translation counts as up to date, in your name.")
    return _("The translation is saved.") if changed else _("The words are the same as before; nothing was saved.")


def _conflict(request: HttpRequest, text: DeskText) -> HttpResponse:
    """Saving again is done knowingly: the page shows what stands there now."""
    data = {"words": request.POST.get("words", text.target), "seen": text.form["seen"].initial}
    return _page(request, text, data, HTTPStatus.CONFLICT, conflict=True)


def _page(
    request: HttpRequest, text: DeskText, typed: Mapping | None, status: int = 200, *, conflict: bool = False
) -> HttpResponse:
    if typed and text.is_words:
        text.form = WordsForm(text, typed)
    context = {
        "module": text.module,
        "text": text,
        "here": Filters.read(request.GET).query,
        "back": _back(request, text),
        "conflict": conflict,
    }
    return render(request, "studio/desk_text.html", context, current="desk", status=status)


def _back(request: HttpRequest, text: DeskText) -> str:
    """To the same page of the list; where only one state is listed, to the text after this one."""
    following = request.POST.get("following", "")
    only_one_state = Filters.read(request.GET).state and _ANCHOR.fullmatch(following)
    return f"{desk_url(text.module, request.GET)}#{following if only_one_state else text.anchor}"


urlpatterns = [
    path("modules/<slug:module>/translations/<slug:part>/<int:row>/<slug:field>/", desk_text, name="desk-text"),
]
