"""Warnings before a certificate expires: ordered when it is issued, each sent once, and none that comes too late."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from certificates import mails, queries
from certificates.choices import Act
from certificates.models import ACTIVE, Certificate, CertificateEvent
from certificates.services.trail import record
from jobs.services import enqueue

WARN = "certificates.expiring"
DAYS = (90, 30, 7)
MORNING = time(9)


def order_warnings(certificate: Certificate) -> None:
    """Those that still lie ahead. Call it in the transaction that issues the certificate."""
    for days in DAYS if certificate.expires_on else ():
        at = _morning(certificate.expires_on - timedelta(days))
        if at > timezone.now():
            payload = {"certificate": certificate.pk, "days": days}
            enqueue(kind=WARN, payload=payload, key=f"{WARN}:{certificate.pk}:{days}", run_after=at)


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, MORNING))


@transaction.atomic
def warn(*, certificate_id: int, days: int) -> None:
    """Tells the holder, unless the certificate has ended or was renewed; of several that are late, only the nearest."""
    active = Certificate.objects.select_for_update(of=("self",)).filter(ACTIVE, erased_at=None)
    certificate = active.select_related("completion__enrolment__user").filter(pk=certificate_id).first()
    if certificate is None or queries.is_renewed(certificate):
        return
    left = (certificate.expires_on - timezone.localdate()).days
    if days != _due(left) or _was_told(certificate, days):
        return
    if mails.expiring(certificate, left):
        record(certificate, Act.REMINDED, by=None, note=str(days))


def _due(left: int) -> int | None:
    return min((days for days in DAYS if 0 <= left <= days), default=None)


def _was_told(certificate: Certificate, days: int) -> bool:
    told = CertificateEvent.objects.filter(certificate=certificate, act=Act.REMINDED)
    return told.filter(note=str(days)).exists()
