from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from certificates import document
from certificates.choices import Act, RequestState
from certificates.document import Facts
from certificates.errors import NotActive
from certificates.models import ACTIVE, Certificate, CorrectionRequest, ReportingData
from certificates.services.expiring import order_warnings
from certificates.services.pictures import order_drawing
from certificates.services.trail import record


@transaction.atomic
def replace(
    *,
    certificate: Certificate,
    facts: Facts,
    printed_name: str,
    by: User | None,
    note: str,
    papers_after: timedelta = timedelta(),
) -> Certificate:
    """A successor with a code of its own; the old one says from now on that it was replaced, and when.

    Everything but name and facts is the old one's, the papers' languages too. Raises NotActive.
    """
    active = Certificate.objects.select_for_update().filter(ACTIVE, erased_at=None)
    if (old := active.filter(pk=certificate.pk).first()) is None:
        raise NotActive
    Certificate.objects.filter(pk=old.pk).update(replaced_at=timezone.now())
    successor = Certificate.objects.create(
        completion_id=old.completion_id,
        offer=old.offer,
        printed_name=printed_name,
        locale=old.locale,
        facts=document.encode(facts),
        issued_by=by or old.issued_by,
        replaces=old,
        expires_on=old.expires_on,
    )
    _copy_reporting_data(old, successor)
    _pass_on_request(old, successor)
    record(old, Act.REPLACED, by=by, note=note, other=successor)
    record(successor, Act.ISSUED, by=by, note=note, other=old)
    order_warnings(successor)
    for language in papers_of(old):
        order_drawing(successor, language, after=papers_after)
    return successor


def _pass_on_request(old: Certificate, successor: Certificate) -> None:
    """What its holder asked for meanwhile is still to be decided."""
    CorrectionRequest.objects.filter(certificate=old, state=RequestState.OPEN).update(certificate=successor)


def papers_of(certificate: Certificate) -> set[str]:
    """The languages it is held in; one that waits for its first paper is held in its own."""
    return {certificate.locale, *certificate.drawings.values_list("language", flat=True)}


def _copy_reporting_data(old: Certificate, successor: Certificate) -> None:
    for told in ReportingData.objects.filter(certificate=old):
        ReportingData.objects.create(certificate=successor, nabp_id=told.nabp_id, birthday=told.birthday)
