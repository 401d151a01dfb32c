"""The learner's own page of a certificate."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.queries import profile_of
from certificates import queries
from certificates.choices import RequestState, Status
from certificates.document import License
from certificates.models import Certificate, CorrectionRequest
from certificates.presenting.claims import may_claim_more
from certificates.presenting.credit import credit_line
from certificates.presenting.papers import Paper, papers
from certificates.services.renewing import has_come, renewable_from
from certificates.views.access import own_certificate
from certificates.wording import described


@require_safe
@own_certificate
def certificate(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    status = certificate.status(timezone.localdate())
    drawn = papers(certificate)
    page = {
        **_said(certificate, status),
        **_links(certificate),
        **_correction(certificate, status),
        **_renewal(certificate),
        "papers": drawn,
        "waiting": _waiting(request, drawn),
        "has_ended": status.has_ended,
        "is_drawn": any(paper.url for paper in drawn),
        "is_development": queries.is_for_development(certificate),
    }
    return render(request, "certificates/certificate.html", page)


def _said(certificate: Certificate, status: Status) -> dict:
    facts = certificate.document
    words = described(certificate, get_language())
    return {
        "certificate": certificate,
        "facts": facts,
        "status": status,
        "described": words,
        "credit": credit_line(facts, words),
        "license": facts.license if facts.license != License() else None,
    }


def _waiting(request: HttpRequest, drawn: list[Paper]) -> str:
    """The language of the paper that was asked for and is not drawn yet."""
    asked = request.GET.get("paper")
    return next((paper.language for paper in drawn if paper.language == asked and not paper.url), "")


def _links(certificate: Certificate) -> dict:
    """What stands before and after it, and beside it."""
    completion = certificate.completion
    return {
        **queries.linked_to(certificate),
        "module": completion.enrolment.module.key,
        "may_claim_more": may_claim_more(completion, profile_of(completion.enrolment.user).profession),
    }


def _correction(certificate: Certificate, status: Status) -> dict:
    asked: CorrectionRequest | None = queries.last_request(certificate)
    is_open = asked is not None and asked.state == RequestState.OPEN
    held = certificate.document.license
    asks_license = asked is not None and (asked.license_number, asked.license_state) != (held.number, held.state)
    return {
        "asked": asked,
        "asks_license": asks_license,
        "may_withdraw": is_open,
        "may_ask": not is_open and not status.has_ended,
    }


def _renewal(certificate: Certificate) -> dict:
    first_day = renewable_from(certificate)
    return {"renewable_from": first_day, "is_renewable": has_come(first_day)}
