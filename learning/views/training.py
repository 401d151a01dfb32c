from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from courses.models import Release
from learning.models import Enrolment
from learning.presenting import pages
from learning.presenting.frame import overview, step_url, unmet
from learning.presenting.words import say
from learning.queries import enrolments_of, newer_editions
from learning.registry import certificates_of
from learning.views.access import learner_page
from support.languages import current_language


@require_safe
@login_required
def training(request: HttpRequest) -> HttpResponse:
    """What to continue, what is left, and the record; an edition in another language is named in that language."""
    enrolments = list(enrolments_of(request.user).order_by("-started_at"))
    newer = newer_editions(enrolments, current_language())
    certificates = certificates_of(request.user)
    context = {
        "open": [_open(enrolment, newer.get(enrolment.pk)) for enrolment in enrolments if not enrolment.completed_at],
        "record": [_completed(enrolment) for enrolment in enrolments if enrolment.completed_at],
        "certificates": certificates,
        "certified": {certificate["enrolment"] for certificate in certificates},
    }
    return render(request, "learning/training.html", context)


def _locale_of(enrolment: Enrolment) -> str:
    here = current_language()
    return here if here in enrolment.release.locales else enrolment.release.locales[0]


def _open(enrolment: Enrolment, newer: Release | None) -> dict:
    locale = _locale_of(enrolment)
    following = enrolment.progress.next
    section = next(section for section in enrolment.content.sections if section.key == following.section)
    return {
        **overview(enrolment, locale),
        "locale": locale,
        "accent": section.accent,
        "section": say(section.title, locale),
        "next": {"title": say(following.title, locale), "minutes": following.minutes},
        "unmet": unmet(enrolment, locale),
        "newer": newer,
    }


def _completed(enrolment: Enrolment) -> dict:
    locale = _locale_of(enrolment)
    return {**overview(enrolment, locale), "locale": locale, "enrolment": enrolment.pk}


@require_safe
@learner_page
def path(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    locale = current_language()
    newer = newer_editions([enrolment], locale).get(enrolment.pk)
    return render(request, *pages.path(enrolment, locale, newer))


@require_safe
@learner_page
def resume(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    """To the first missing step, at the last block that was on any of the learner's screens."""
    step = enrolment.progress.next
    if step is None:
        return redirect("learning:path", enrolment.content.key)
    visit = enrolment.visits.filter(step=step.key).first()
    anchor = f"#{visit.last_block}" if visit and visit.last_block else ""
    return redirect(step_url(enrolment, step) + anchor)
