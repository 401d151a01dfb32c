from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.queries import profile_of
from courses.paths import path
from learning.errors import AlreadyComplete, UnknownSetting
from learning.models import Enrolment
from learning.presenting import pages
from learning.presenting.catalogue import settings
from learning.presenting.receipts import receipt_in_words
from learning.presenting.words import say
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
    unchosen = request.method == "POST"
    profile = profile_of(request.user) if request.user.is_authenticated else None
    # What was chosen a moment ago, else what the profile says.
    chosen = (carried(request) or request.GET).get("setting", "") or (profile.setting if profile else "")
    page = pages.choose_setting(
        release.content, release.number, locale, chosen, unchosen, profession=profile.profession if profile else ""
    )
    return render(request, *page, status=422 if unchosen else 200)


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
    context |= {
        "to": {"key": target.key, "name": say(target.name, locale)},
        **receipt_in_words(enrolment, path(content, target.key), locale),
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
