"""What a holder is told by mail: in their own language, whoever sets it off, and with nothing of what it is about.

No name, title, code or reason stands in a mail or its link: whoever reads it over a shoulder learns nothing.
"""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from accounts.models import User
from accounts.queries import language_of
from certificates.models import Certificate, CorrectionRequest
from jobs.mail import queue_mail
from jobs.services import enqueue
from learning.models import Completion

READY = "certificates.ready"
CERTIFICATES = reverse_lazy("learning:training")
SUBJECTS = {
    "waiting": gettext_noop("Your certificate is waiting"),
    "ready": gettext_noop("Your certificate is ready"),
    "corrected": gettext_noop("Your new certificate is ready"),
    "refused": gettext_noop("An answer to your request"),
    "revoked": gettext_noop("About one of your certificates"),
    "expiring": gettext_noop("One of your certificates expires soon"),
}


def waiting(completion: Completion) -> bool:
    """To somebody who has completed a module and not asked for a certificate."""
    enrolment = completion.enrolment
    url = reverse_lazy("certificates:name-of", args=[enrolment.module.key, enrolment.pk])
    return _send(enrolment.user, "waiting", url=url)


def ready(certificate: Certificate) -> None:
    """Call it whenever a paper is drawn: only the first is told of, and of a successor the mail on its correction."""
    if certificate.replaces_id is None and certificate.drawings.count() == 1:
        # Each of two papers drawn at once may think itself the first: the key lets one mail through.
        enqueue(kind=READY, payload={"certificate": certificate.pk}, key=f"{READY}:{certificate.pk}")


def send_ready(certificate: Certificate) -> bool:
    return _send(_holder(certificate), "ready")


def corrected(successor: Certificate) -> bool:
    return _send(_holder(successor), "corrected")


def refused(request: CorrectionRequest) -> bool:
    return _send(_holder(request.certificate), "refused")


def revoked(certificate: Certificate) -> bool:
    return _send(_holder(certificate), "revoked")


def expiring(certificate: Certificate, days: int) -> bool:
    """`days` is how many are left."""
    return _send(_holder(certificate), "expiring", days=days)


def _send(user: User, occasion: str, url: str = CERTIFICATES, **words) -> bool:
    """False when nobody is to be written to any more."""
    if not user.is_active or user.closed_at:
        return False
    language = language_of(user)
    with override(language):
        words |= {"url": f"{settings.SITE_URL}{url}"}
        body = render_to_string(f"emails/certificate_{occasion}.txt", words)
        queue_mail(to=user.email, subject=_(SUBJECTS[occasion]), body=body, language=language)
    return True


def _holder(certificate: Certificate) -> User:
    return certificate.completion.enrolment.user
