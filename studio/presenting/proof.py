"""The certificates of a learner's record."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from certificates.choices import Status
from certificates.models import Certificate
from learning.models import Enrolment
from studio.wording import LANGUAGES

Context = dict[str, Any]
STATUSES: dict[Status, tuple[Promise, str]] = {
    Status.VALID: (pgettext_lazy("status of a certificate", "Valid"), "success"),
    Status.REPLACED: (pgettext_lazy("status of a certificate", "Replaced"), "info"),
    Status.REVOKED: (pgettext_lazy("status of a certificate", "Revoked"), "error"),
    Status.EXPIRED: (pgettext_lazy("status of a certificate", "Expired"), "warning"),
}


def certificates(row: Enrolment) -> list[Context]:
    completion = getattr(row, "completion", None)
    return [_certificate(certificate) for certificate in completion.certificates.all()] if completion else []


def _certificate(certificate: Certificate) -> Context:
    label, kind = STATUSES[certificate.status(timezone.localdate())]
    return {
        "code": certificate.shown_code,
        "url": reverse("studio:certificate", args=[certificate.shown_code]),
        "name": certificate.printed_name,
        "language": LANGUAGES[certificate.locale],
        "issued_at": certificate.issued_at,
        "status": label,
        "kind": kind,
    }
