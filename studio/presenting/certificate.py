"""One certificate as those who look after it read it: what it says, its papers, and what happened to it."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import Profession
from certificates.choices import PAPERS, Act, RequestState
from certificates.document import Facts, License
from certificates.models import Certificate, CertificateEvent, CorrectionRequest, Drawing
from certificates.presenting.credit import credit_line
from certificates.reports import others_of
from certificates.wording import Described, described
from studio.presenting.proof import STATUSES
from studio.wording import LANGUAGES, word_diff
from support.languages import current_language

Context = dict[str, Any]
PAPER_NAMES = dict(PAPERS)
KINDS = {
    Act.REPLACED: "info",
    Act.RENEWED: "info",
    Act.ASKED: "info",
    Act.REFUSED: "warning",
    Act.REVOKED: "error",
    Act.DIFFERED: "error",
}
REQUEST_KINDS = {RequestState.OPEN: "warning", RequestState.APPROVED: "success", RequestState.REFUSED: "error"}
_BY_ITSELF = gettext_lazy("By itself")


def line(certificate: Certificate) -> Context:
    """In a list."""
    label, kind = STATUSES[certificate.status(timezone.localdate())]
    words = described(certificate, current_language())
    return {
        "code": certificate.shown_code,
        "url": url_of(certificate),
        "name": certificate.printed_name,
        "title": _said(words, words.title),
        "credit": _said(words, credit_line(certificate.document, words)),
        "issued_at": certificate.issued_at,
        "status": label,
        "kind": kind,
    }


def url_of(certificate: Certificate) -> str:
    return reverse("studio:certificate", args=[certificate.shown_code])


def page(certificate: Certificate) -> Context:
    """`certificate` comes from `certificate_with`."""
    status = certificate.status(timezone.localdate())
    requests = [_request(row) for row in certificate.correction_requests.select_related("asked_by", "decided_by")]
    is_active = not status.has_ended
    return {
        "certificate": certificate,
        "line": line(certificate),
        "holder": certificate.completion.enrolment.user,
        "facts": _facts(certificate, certificate.document),
        "papers": [_paper(drawing) for drawing in certificate.drawings.order_by("-drawn_at", "-id")],
        "events": [_event(event) for event in certificate.events.select_related("by", "other").order_by("-id")],
        "requests": requests,
        "linked": _linked(certificate),
        "others": [line(other) for other in others_of(certificate)],
        "is_active": is_active,
        "may_be_corrected": is_active and not any(request["is_open"] for request in requests),
    }


def _said(words: Described, text: str) -> tuple[str, str]:
    """With its language, where that is not the page's."""
    return text, "" if words.language == current_language() else words.language


def _facts(certificate: Certificate, facts: Facts) -> Context:
    words = described(certificate, current_language())
    return {
        "title": _said(words, words.title),
        "setting": _said(words, words.setting_name),
        "edition": facts.edition,
        "credit": _said(words, credit_line(facts, words)),
        "provider": _said(words, words.provider),
        "provider_address": facts.credit.provider_address,
        "provider_number": facts.credit.provider_number,
        "activity_number": facts.credit.activity_number,
        "profession": dict(Profession.choices).get(facts.profession, ""),
        "license": facts.license.shown,
        "completed_on": facts.completed_on,
        "language": LANGUAGES[certificate.locale],
        "demonstration": facts.demonstration,
    }


def _paper(drawing: Drawing) -> Context:
    return {"drawing": drawing, "language": PAPER_NAMES[drawing.language]}


def _event(event: CertificateEvent) -> Context:
    return {
        "at": event.at,
        "label": event.get_act_display(),
        "kind": KINDS.get(Act(event.act), ""),
        "by": event.by.email if event.by else _BY_ITSELF,
        "note": _note(event),
        "other": _link(event.other),
    }


def _note(event: CertificateEvent) -> str | Promise:
    """Of a drawing the trail notes the language."""
    return PAPER_NAMES.get(event.note, event.note) if event.act == Act.DRAWN else event.note


def _linked(certificate: Certificate) -> list[Context]:
    links = {
        "replaces": _("It replaces"),
        "replaced_by": _("It was replaced by"),
        "renews": _("It renews"),
        "renewed_by": _("It was renewed by"),
    }
    found = [(label, _link(getattr(certificate, name, None))) for name, label in links.items()]
    return [{"label": label, **link} for label, link in found if link]


def _link(other: Certificate | None) -> Context | None:
    """None also to one that was erased: nobody knows its code any more."""
    return {"code": other.shown_code, "url": url_of(other)} if other and other.erased_at is None else None


def _request(row: CorrectionRequest) -> Context:
    return {
        "row": row,
        "state": row.get_state_display(),
        "kind": REQUEST_KINDS.get(RequestState(row.state), ""),
        "is_open": row.state == RequestState.OPEN,
        "license": License(number=row.license_number, state=row.license_state).shown,
    }


def asked_for(row: CorrectionRequest) -> Context:
    """Beside what the certificate says now, the differences marked."""
    now, wanted = row.certificate.document.license, License(number=row.license_number, state=row.license_state)
    pairs = [(_("Name on the certificate"), row.certificate.printed_name, row.printed_name)]
    if now != License():
        pairs.append((_("License"), now.shown, wanted.shown))
    return {
        "row": row,
        "code": row.certificate.shown_code,
        "url": url_of(row.certificate),
        "pairs": [_pair(label, before, after) for label, before, after in pairs],
    }


def _pair(label: str, before: str, after: str) -> Context:
    runs = word_diff(before, after)
    return {
        "label": label,
        "now": [run for run in runs if run[0] != "ins"],
        "wanted": [run for run in runs if run[0] != "del"],
        "is_same": before == after,
    }
