from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.queries import profile_of
from courses.models import Release
from courses.queries import catalogue, current_release
from learning.presenting import pages
from learning.presenting.catalogue import card
from learning.queries import current_enrolment
from support.languages import current_language


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    locale = current_language()
    modules = [card(release.content, locale) for release in catalogue(locale)]
    return render(request, "learning/home.html", {"modules": modules})


@require_safe
def module(request: HttpRequest, module: str) -> HttpResponse:
    locale = current_language()
    release = release_or_404(module, locale)
    enrolment = profession = None
    if request.user.is_authenticated:
        enrolment = current_enrolment(request.user, module)
        # Whoever has completed it is promised nothing more.
        profession = None if enrolment and enrolment.completed_at else profile_of(request.user).profession
    page = pages.module(release.content, release.number, locale, enrolment, profession=profession)
    return render(request, *page)


def release_or_404(module: str, locale: str) -> Release:
    release = current_release(module, locale)
    if release is None:
        raise Http404
    return release
