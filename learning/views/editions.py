from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.choices import Availability
from courses.models import Release
from courses.paths import path
from courses.queries import current_release
from learning.errors import AlreadyComplete
from learning.models import Enrolment
from learning.presenting.catalogue import settings
from learning.presenting.receipts import receipt_in_words
from learning.presenting.words import say
from learning.services import enrolments as services
from learning.views.access import learner_page
from support.languages import current_language


@require_http_methods(["GET", "HEAD", "POST"])
@learner_page
def change_edition(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    """To the newest edition open in this language: with a receipt, and when it is asked for in the POST."""
    locale = current_language()
    why = _why(enrolment, locale)
    release = None if enrolment.completed_at else current_release(enrolment.content.key, locale)
    if _stays(enrolment, why, release):
        return redirect("learning:path", enrolment.content.key)
    context = {
        "why": why,
        "edition": enrolment.release.number,
        "stay_language": next((code for code in enrolment.release.locales if code != locale), ""),
        "completed": bool(enrolment.completed_at),
        "module_key": enrolment.content.key,
    }
    if release is None or release == enrolment.release:
        return render(request, "learning/edition_missing.html", context)
    return _offer(request, enrolment, release, {**context, "new_edition": release.number})


def _why(enrolment: Enrolment, locale: str) -> str:
    """Why somebody is here: the language is missing, the edition was recalled, or there is a newer one."""
    if locale not in enrolment.release.locales:
        return "language"
    return "recalled" if enrolment.availability == Availability.RECALLED else "newer"


def _stays(enrolment: Enrolment, why: str, release: Release | None) -> bool:
    """A completed enrolment keeps its edition; one under way keeps it where there is none that is newer."""
    if why == "language":
        return False
    if enrolment.completed_at:
        return True
    return why == "newer" and (release is None or release.number <= enrolment.release.number)


def _offer(request: HttpRequest, enrolment: Enrolment, release: Release, context: dict) -> HttpResponse:
    """The receipt; before it the settings to choose from, where the other edition lacks the learner's own."""
    locale, content = current_language(), release.content
    asked = request.POST.get("setting") or request.GET.get("setting") or enrolment.setting
    if content.setting(asked) is None:
        context["settings"] = settings(content, locale)
        return render(request, "learning/edition_setting.html", context)
    if request.method == "POST":
        return _move(request, enrolment, release, asked)
    context |= {
        "setting": asked if asked != enrolment.setting else "",
        "setting_name": say(content.setting(asked).name, locale),
        **receipt_in_words(enrolment, path(content, asked), locale),
    }
    return render(request, "learning/edition_receipt.html", context)


def _move(request: HttpRequest, enrolment: Enrolment, release: Release, setting: str) -> HttpResponse:
    try:
        services.move_to_release(
            enrolment=enrolment, release=release, setting=setting, locale=current_language(), by=request.user
        )
    except AlreadyComplete:
        messages.info(request, _("You have completed this module, so its edition no longer changes."))
    else:
        messages.success(request, _("You are now in edition %(edition)s.") % {"edition": release.number})
    return redirect("learning:path", enrolment.content.key)
