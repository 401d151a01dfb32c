"""The end of retention: what a closed account's certificates say is wiped, and nobody knows their codes any more."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from certificates import files
from certificates.choices import Act
from certificates.emptying import empty
from certificates.models import Certificate, CertificateEvent, CorrectionRequest, Drawing, ReportingData
from certificates.services import transcripts
from certificates.services.trail import record

ERASE = "certificates.erase"


def erase_due() -> int:
    """How many; each by itself, so that whatever stops it leaves nothing half-erased. To be called again at will."""
    return sum(_erase(certificate) for certificate in due(timezone.localdate()))


def due(today: date) -> QuerySet[Certificate]:
    """Of closed accounts; the years count from the issue or the expiry, whichever is later."""
    before = _years_before(today, settings.CERTIFICATE_RETENTION_YEARS)
    closed = Certificate.objects.filter(erased_at=None, completion__enrolment__user__closed_at__isnull=False)
    old = closed.filter(Q(expires_on=None) | Q(expires_on__lt=before), issued_at__date__lt=before)
    return old.select_related("completion__enrolment__user").order_by("pk")


def _folders(certificate: Certificate) -> set[str]:
    """Also the one where a worker that was stopped has left a file, and no row tells of it."""
    named = {drawing.file.name.rpartition("/")[0] for drawing in certificate.drawings.all()}
    return named | {files.folder(certificate)}


@transaction.atomic
def _erase(certificate: Certificate) -> bool:
    """Whoever draws a paper meanwhile waits for the row, and drops the file once it is wiped."""
    waiting = Certificate.objects.select_for_update().filter(pk=certificate.pk, erased_at=None)
    if not waiting.exists():
        return False
    # Files first: a row that stays is found again, a file without one never.
    for folder in _folders(certificate):
        empty(folder)
    transcripts.forget(user=certificate.completion.enrolment.user)  # they repeat what is wiped
    waiting.update(printed_name="", facts={}, revocation_note="", erased_at=timezone.now())
    Drawing.objects.filter(certificate=certificate).delete()
    ReportingData.objects.filter(certificate=certificate).delete()
    CorrectionRequest.objects.filter(certificate=certificate).delete()
    _wipe_notes(certificate)
    record(certificate, Act.ERASED, by=None)
    return True


def _wipe_notes(certificate: Certificate) -> None:
    """The one change of the trail that its trigger allows; its own queries refuse every one."""
    QuerySet(CertificateEvent).filter(certificate=certificate).exclude(note="").update(note="")


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
