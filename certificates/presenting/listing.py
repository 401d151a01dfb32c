"""A learner's certificates, for their training page."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from accounts.models import User
from certificates import queries
from certificates.models import Certificate
from certificates.presenting.credit import credit_line
from certificates.services.renewing import is_renewable
from certificates.wording import described


def listed(user: User) -> list[dict[str, Any]]:
    """The newest first, in one query."""
    return [_row(certificate) for certificate in queries.all_of(user)]


def _row(certificate: Certificate) -> dict[str, Any]:
    words = described(certificate, get_language())
    return {
        "enrolment": certificate.completion.enrolment_id,
        "title": words.title,
        "locale": words.language,
        "credit": credit_line(certificate.document, words),
        "status": certificate.status(timezone.localdate()),
        "is_renewed": certificate.is_renewed,
        "expires_on": certificate.expires_on,
        "url": reverse("certificates:certificate", args=[certificate.shown_code]),
        "renew_url": reverse("certificates:renew", args=[certificate.shown_code]) if is_renewable(certificate) else "",
    }
