from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.permissions import May, require
from certificates import mails
from certificates.choices import Act, RequestState, RevocationCategory
from certificates.errors import NotActive
from certificates.models import ACTIVE, Certificate, CorrectionRequest
from certificates.services.trail import record


@transaction.atomic
def revoke(*, certificate: Certificate, category: RevocationCategory, note: str, by: User) -> None:
    """For good, from the next check on. Everybody may read the category; the note is for those who look after it.

    Raises PermissionDenied, NotActive.
    """
    require(by, May.REVOKE_CERTIFICATES)
    if not note.strip():
        raise ValueError("A revocation says why.")
    active = Certificate.objects.filter(ACTIVE, pk=certificate.pk, erased_at=None)
    now = timezone.now()
    if not active.update(revoked_at=now, revocation_category=category, revocation_note=note):
        raise NotActive
    certificate.refresh_from_db()
    record(certificate, Act.REVOKED, by=by, note=note)
    waiting = CorrectionRequest.objects.filter(certificate=certificate, state=RequestState.OPEN)
    waiting.update(state=RequestState.REFUSED, decided_by=by, decided_at=now)
    mails.revoked(certificate)
