"""Jobs that write to holders: what is due is decided when a job runs, not when it was ordered."""

from certificates import mails
from certificates.models import ACTIVE, Certificate
from certificates.services import expiring
from learning.models import Completion

KIND = "certificates.remind"


def remind(payload: dict) -> None:
    """Of a certificate that nobody has asked for."""
    completion = Completion.objects.select_related("enrolment__user", "enrolment__module").get(pk=payload["completion"])
    if not completion.certificates.exists():
        mails.waiting(completion)


def ready(payload: dict) -> None:
    """Nothing of one that was replaced or revoked meanwhile: other mails have told of that."""
    active = Certificate.objects.filter(ACTIVE, pk=payload["certificate"], erased_at=None)
    if certificate := active.select_related("completion__enrolment__user").first():
        mails.send_ready(certificate)


def expire(payload: dict) -> None:
    expiring.warn(certificate_id=payload["certificate"], days=payload["days"])
