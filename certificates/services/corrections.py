"""A learner asks for another name or license on a certificate, and support decides; nobody else changes either."""

import msgspec
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.permissions import May, require
from certificates import licenses, mails, names
from certificates.choices import Act, RequestState
from certificates.document import License
from certificates.errors import AlreadyAsked, AlreadyDecided, AskedTooOften, DataMissing, NotActive, NothingToCorrect
from certificates.models import Certificate, CorrectionRequest
from certificates.services.succeeding import replace
from certificates.services.trail import record

# What is asked and taken back stays in the trail for ever, and support reads all of it.
MOST_A_DAY = 5


@transaction.atomic
def ask(*, certificate: Certificate, printed_name: str, license: License, reason: str, by: User) -> CorrectionRequest:
    """Its holder alone may ask, for one correction at a time.

    Raises PermissionDenied, NotActive, AlreadyAsked, AskedTooOften, NothingToCorrect, DataMissing, NameRefused,
    LicenseRefused.
    """
    current = _active(certificate.pk)
    if by.pk != current.completion.enrolment.user_id:
        raise PermissionDenied
    _refuse_second(current)
    if current.correction_requests.filter(asked_at__date=timezone.localdate()).count() >= MOST_A_DAY:
        raise AskedTooOften
    name, right = _corrected(current, printed_name, license)
    record(current, Act.ASKED, by=by, note=reason)
    return CorrectionRequest.objects.create(
        certificate=current,
        printed_name=name,
        license_number=right.number,
        license_state=right.state,
        reason=reason,
        asked_by=by,
    )


@transaction.atomic
def withdraw(*, request: CorrectionRequest, by: User) -> None:
    """Raises PermissionDenied, AlreadyDecided."""
    if by.pk != request.asked_by_id:
        raise PermissionDenied
    _decide(request, RequestState.WITHDRAWN, by)
    record(request.certificate, Act.WITHDRAWN, by=by)


@transaction.atomic
def approve(*, request: CorrectionRequest, by: User, answer: str = "") -> Certificate:
    """The successor, with what was accepted when it was asked for.

    Raises PermissionDenied, NotActive, AlreadyDecided, NothingToCorrect.
    """
    certificate = _locked(request.certificate_id)
    _require_somebody_else(certificate, by)
    _decide(request, RequestState.APPROVED, by, answer)
    license = License(number=request.license_number, state=request.license_state)
    return _succeed(certificate, request.printed_name, license, request.reason, by)


@transaction.atomic
def refuse(*, request: CorrectionRequest, by: User, answer: str) -> None:
    """`answer` goes to the learner. Raises PermissionDenied, AlreadyDecided."""
    require(by, May.CORRECT_CERTIFICATES)
    _decide(request, RequestState.REFUSED, by, answer)
    record(request.certificate, Act.REFUSED, by=by, note=answer)
    mails.refused(request)


@transaction.atomic
def correct(*, certificate: Certificate, printed_name: str, license: License, reason: str, by: User) -> Certificate:
    """The successor, made unasked: what the learner asked for meanwhile is decided first.

    Raises PermissionDenied, NotActive, AlreadyAsked, NothingToCorrect, DataMissing, NameRefused, LicenseRefused.
    """
    current = _active(certificate.pk)
    _require_somebody_else(current, by)
    _refuse_second(current)
    return _succeed(current, printed_name, license, reason, by)


def _require_somebody_else(certificate: Certificate, by: User) -> None:
    """Nobody puts another name on a certificate of their own."""
    require(by, May.CORRECT_CERTIFICATES)
    if by.pk == certificate.completion.enrolment.user_id:
        raise PermissionDenied


def _locked(certificate: int) -> Certificate:
    """Always before its request, as in revoking: two that took them crosswise would wait for each other."""
    rows = Certificate.objects.select_for_update(of=("self",)).select_related("completion__enrolment")
    return rows.get(pk=certificate)


def _active(certificate: int) -> Certificate:
    current = _locked(certificate)
    if current.replaced_at or current.revoked_at or current.erased_at:
        raise NotActive
    return current


def _refuse_second(certificate: Certificate) -> None:
    if certificate.correction_requests.filter(state=RequestState.OPEN).exists():
        raise AlreadyAsked


def _corrected(certificate: Certificate, printed_name: str, license: License) -> tuple[str, License]:
    """Name and license as they will be printed. Who earned it without a license gets none by a correction."""
    held, right = certificate.document.license, License()
    if held != License():
        right = License(number=licenses.accepted(license.number), state=license.state)
        if missing := [f"license_{part}" for part in ("number", "state") if not getattr(right, part)]:
            raise DataMissing(missing)
    name = names.accepted(printed_name)
    if (name, right) == (certificate.printed_name, held):
        raise NothingToCorrect
    return name, right


def _decide(request: CorrectionRequest, state: RequestState, by: User, answer: str = "") -> None:
    """The row decides between two at once: the later one finds it decided."""
    waiting = CorrectionRequest.objects.filter(pk=request.pk, state=RequestState.OPEN)
    if not waiting.update(state=state, answer=answer, decided_by=by, decided_at=timezone.now()):
        raise AlreadyDecided
    request.refresh_from_db()


def _succeed(certificate: Certificate, printed_name: str, license: License, reason: str, by: User) -> Certificate:
    name, right = _corrected(certificate, printed_name, license)
    facts = msgspec.structs.replace(certificate.document, license=right)
    successor = replace(certificate=certificate, facts=facts, printed_name=name, by=by, note=reason)
    mails.corrected(successor)
    return successor
