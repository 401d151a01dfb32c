from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.queries import profile_of
from courses.paths import Path, minutes, path, receipt
from courses.queries import current_release
from learning.errors import AlreadyComplete, UnknownSetting
from learning.models import Enrolment
from learning.presenting.catalogue import settings
from learning.presenting.words import say
from learning.progress import Progress
from learning.queries import current_enrolment
from learning.services import enrolments as services
from learning.views.access import learner_page
from learning.views.catalogue import release_or_404
from support.carry import carried, carry
from support.languages import OTHER, current_language


@require_http_methods(["GET", "HEAD", "POST"])
def choose_setting(request: HttpRequest, module: str) -> HttpResponse:
    """Open to everyone; the choice made before signing in comes back with the learner."""
    locale = current_language()
    if switch := request.POST.get("switch"):
        return carry(request, switch)
    release = release_or_404(module, locale)
    if request.user.is_authenticated and current_enrolment(request.user, module):
        return redirect("learning:path", module)
    chosen = request.POST.get("setting", "")
    if request.method == "POST" and release.content.setting(chosen):
        if not request.user.is_authenticated:
            return redirect_to_login(f"{request.path}?setting={chosen}", reverse("accounts:sign-in"))
        services.enrol(user=request.user, module_key=module, setting=chosen, locale=locale, by=request.user)
        return redirect("learning:path", module)
    context = {
        "module": {"key": module, "title": say(release.content.title, locale)},
        "settings": settings(release.content, locale, _preselected(request)),
        "unchosen": request.method == "POST",
    }
    return render(request, "learning/choose_setting.html", context, status=422 if request.method == "POST" else 200)


def _preselected(request: HttpRequest) -> str:
    """What was chosen a moment ago, else what the profile says."""
    chosen = (carried(request) or request.GET).get("setting", "")
    return chosen or (profile_of(request.user).setting if request.user.is_authenticated else "")


@require_http_methods(["GET", "HEAD", "POST"])
@learner_page
def change_setting(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    """Without `to` the tiles; with it the receipt; the POST confirms."""
    locale, content = current_language(), enrolment.content
    if request.method == "POST":
        return _confirm_setting(request, enrolment)
    if request.GET.get("switch") in OTHER:
        there = translate_url(request.path, request.GET["switch"])
        return redirect(f"{there}?{urlencode({'chosen': request.GET.get('to', '')})}")
    context = {
        "module": {"key": content.key, "title": say(content.title, locale)},
        "now": say(content.setting(enrolment.setting).name, locale),
        "completed": bool(enrolment.completed_at),
    }
    target = content.setting(request.GET.get("to", ""))
    if target is None or target.key == enrolment.setting or enrolment.completed_at:
        context["settings"] = settings(content, locale, request.GET.get("chosen", enrolment.setting))
        return render(request, "learning/change_setting.html", context)
    before, after = enrolment.progress.path, path(content, target.key)
    context |= {
        "to": {"key": target.key, "name": say(target.name, locale)},
        **_receipt(enrolment, before, after, locale),
    }
    return render(request, "learning/setting_receipt.html", context)


def _confirm_setting(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    try:
        enrolment = services.change_setting(
            enrolment=enrolment, setting=request.POST.get("to", ""), locale=current_language(), by=request.user
        )
    except UnknownSetting as error:
        raise Http404 from error
    except AlreadyComplete:
        messages.info(request, _("You have completed this module, so its setting no longer changes."))
    else:
        name = say(enrolment.content.setting(enrolment.setting).name, current_language())
        messages.success(request, _("Your path is now the one for: %(setting)s.") % {"setting": name})
    return redirect("learning:path", enrolment.content.key)


@require_http_methods(["GET", "HEAD", "POST"])
@learner_page
def change_edition(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    """The learner's edition lacks this page's language: offers the newest that has it, with a receipt."""
    locale = current_language()
    release = current_release(enrolment.content.key, locale)
    here = enrolment.release.locales[0]
    context = {
        "edition": enrolment.release.number,
        "stay_language": here,
        "completed": bool(enrolment.completed_at),
    }
    if locale in enrolment.release.locales:
        return redirect("learning:path", enrolment.content.key)
    if release is None or enrolment.completed_at or release.content.setting(enrolment.setting) is None:
        return render(request, "learning/edition_missing.html", context)
    if request.method == "POST":
        services.move_to_release(enrolment=enrolment, release=release, locale=locale, by=request.user)
        return redirect("learning:path", enrolment.content.key)
    after = path(release.content, enrolment.setting)
    context |= {"new_edition": release.number, **_receipt(enrolment, enrolment.progress.path, after, locale)}
    return render(request, "learning/edition_receipt.html", context)


def _receipt(enrolment: Enrolment, before: Path, after: Path, locale: str) -> dict:
    """Titles of the steps kept, added and no longer needed, those in no common language by their key's title."""
    difference = receipt(before, after)
    finished = enrolment.facts.finished
    left = Progress(after, finished)

    def titles(steps: Path) -> list[dict]:
        return [{"title": say(step.title, locale), "done": step.key in finished} for step in steps]

    return {
        "kept": titles(difference.kept),
        "added": titles(difference.added),
        "dropped": titles(difference.dropped),
        "minutes_left": minutes(left.missing),
    }
