"""The paper as a page, to be printed from a browser."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from certificates import ornaments, paper
from certificates.choices import PAPERS
from certificates.models import Certificate
from certificates.presenting.papers import languages
from certificates.views.access import own_certificate

_ORNAMENTS = {"border": ornaments.border, "seal": ornaments.seal}


@require_safe
@own_certificate
def paper_page(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """Of a certificate that was replaced or revoked, only that it was: no new paper is made of it."""
    language = request.GET.get("paper", get_language())
    if language not in dict(PAPERS):
        raise Http404
    page = paper.page(certificate, language)
    status = certificate.status(timezone.localdate())
    page |= {"papers": _papers(certificate, language), "status": status, "has_ended": status.has_ended}
    return render(request, "certificates/print.html", page)


def _papers(certificate: Certificate, current: str) -> list[dict]:
    names, there = dict(PAPERS), languages(certificate)
    return [{"key": key, "name": names[key], "is_current": key == current} for key in there]


@require_safe
@cache_control(public=True, max_age=86400)
def ornament(request: HttpRequest, name: str) -> HttpResponse:
    draw = _ORNAMENTS.get(name)
    if draw is None:
        raise Http404
    return HttpResponse(draw(), content_type="image/svg+xml")
