"""What those who look after certificates read of them."""

from django.db.models import Q, QuerySet

from accounts.queries import holds_words
from certificates import codes
from certificates.choices import RequestState
from certificates.models import ACTIVE, Certificate, CorrectionRequest
from courses.models import Module

_HOLDER = "completion__enrolment__user"
_AROUND = (_HOLDER, "replaces", "replaced_by", "renews", "renewed_by")


def certificates_like(text: str) -> QuerySet[Certificate]:
    """The one with this code; else whose holder's address begins with `text`, or whose name has each of its words."""
    there = Certificate.objects.filter(erased_at=None).select_related(_HOLDER)
    if code := codes.parse(text):
        return there.filter(code=code)
    address = Q(**{f"{_HOLDER}__email__startswith": text.strip().lower()})
    return there.filter(address | holds_words("printed_name", text))


def certificate_with(text: str) -> Certificate | None:
    """With its holder and the certificates it is linked to."""
    if (code := codes.parse(text)) is None:
        return None
    return Certificate.objects.filter(code=code, erased_at=None).select_related(*_AROUND).first()


def others_of(certificate: Certificate) -> QuerySet[Certificate]:
    """What else the same completion earned."""
    rows = Certificate.objects.filter(completion=certificate.completion_id, erased_at=None)
    return rows.exclude(offer=certificate.offer).order_by("id")


def waiting_corrections() -> QuerySet[CorrectionRequest]:
    """The oldest first."""
    rows = CorrectionRequest.objects.filter(state=RequestState.OPEN)
    return rows.select_related("certificate", "asked_by")


def in_force(module: Module) -> QuerySet[Certificate]:
    """What a reissue of the module would draw or replace."""
    return Certificate.objects.filter(ACTIVE, erased_at=None, completion__enrolment__module=module)
