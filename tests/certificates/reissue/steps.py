"""What is done to certificates in the tests of a reissue."""

from django.utils import timezone

from certificates.choices import ReissueKind
from certificates.document import License
from certificates.models import Certificate
from certificates.services.issuing import Held, issue
from certificates.services.reissuing import begin, progress
from certificates.services.succeeding import replace
from tests import factories
from tests.certificates.factories import offer

NURSE = Held(profession="nurse", license=License(number="RN 1", state="TX"))


def content(**changed):
    return factories.document(offers=(offer(**changed),))


def counts(reissue) -> dict[str, int]:
    return {str(state): number for state, number in progress(reissue).items()}


def redraw(module, by=None):
    return begin(module=module, kind=ReissueKind.REDRAW, reason="The seal was misprinted.", by=by)


def swap(module, release, by=None):
    return begin(module=module, kind=ReissueKind.REPLACE, reason="Another accreditor.", by=by, release=release)


def corrected(row: Certificate) -> Certificate:
    return replace(certificate=row, facts=row.document, printed_name="Ana Luz", by=None, note="")


def revoke_it(row: Certificate) -> None:
    Certificate.objects.filter(pk=row.pk).update(revoked_at=timezone.now(), revocation_category="error")


def erase_it(row: Certificate) -> None:
    Certificate.objects.filter(pk=row.pk).update(printed_name="", facts={}, erased_at=timezone.now())


def correct_and_erase_it(row: Certificate) -> None:
    erase_it(corrected(row))


def revoke_it_and_claim_another(row: Certificate) -> None:
    revoke_it(row)
    issue(completion=row.completion, offer="completion", printed_name="Ana", by=row.completion.enrolment.user)
