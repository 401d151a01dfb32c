"""Renewing a certificate, and its last day for a calendar."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import translate_url
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from accounts.queries import language_of
from certificates.errors import NotActive, NotRenewable
from certificates.models import Certificate
from certificates.presenting import calendar
from certificates.services import renewing
from certificates.views.access import own_certificate
from courses.models import Release
from courses.queries import current_release
from learning.errors import NotOpenForEnrolment, UnknownSetting
from learning.presenting.catalogue import settings as setting_tiles
from learning.presenting.words import say
from support.languages import OTHER, current_language


@require_http_methods(["GET", "HEAD", "POST"])
@own_certificate
def renew(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """What renewing means, and the setting it is done in; the POST begins the module again."""
    locale, module = current_language(), certificate.completion.enrolment.module.key
    if request.POST.get("switch") in OTHER:
        there = translate_url(request.path, request.POST["switch"])
        return redirect(f"{there}?{urlencode({'setting': request.POST.get('setting', '')})}")
    if not renewing.is_renewable(certificate):
        return _too_early_or_late(request, certificate)
    release = current_release(module, locale)
    if release is None:
        return render(request, "certificates/renew_closed.html", {"certificate": certificate})
    chosen = request.POST.get("setting") or request.GET.get("setting") or certificate.completion.setting
    if request.method == "POST" and release.content.setting(chosen):
        return _begin(request, certificate, chosen, module)
    return _page(request, certificate, release, chosen)


def _begin(request: HttpRequest, certificate: Certificate, setting: str, module: str) -> HttpResponse:
    try:
        renewing.renew(certificate=certificate, by=request.user, setting=setting, locale=current_language())
    except (NotActive, NotRenewable, NotOpenForEnrolment, UnknownSetting):
        return _too_early_or_late(request, certificate)
    messages.success(request, _("You are doing the module again. Your certificate stays as it is meanwhile."))
    return redirect("learning:path", module)


def _too_early_or_late(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    messages.info(request, _("This certificate cannot be renewed now."))
    return redirect("certificates:certificate", certificate.shown_code)


def _page(request: HttpRequest, certificate: Certificate, release: Release, chosen: str) -> HttpResponse:
    locale = current_language()
    unchosen = request.method == "POST"
    page = {
        "certificate": certificate,
        "title": say(release.content.title, locale),
        "edition": release.number,
        "settings": setting_tiles(release.content, locale, chosen),
        "unchosen": unchosen,
    }
    return render(request, "certificates/renew.html", page, status=422 if unchosen else 200)


@require_safe
@own_certificate
def last_day(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """For a calendar; none of a certificate that does not expire or is no longer in force."""
    if certificate.expires_on is None or certificate.status(timezone.localdate()).has_ended:
        raise Http404
    with override(language_of(request.user)):
        content, name = calendar.renewal(certificate), _("last-day")
    headers = {"Content-Disposition": f'attachment; filename="{name}.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
