"""The certificates of a module replaced, with what another edition says of their credit."""

from datetime import date

import pytest

from certificates.choices import Act, ItemState
from certificates.models import Certificate, CertificateEvent, Drawing, ReissueItem
from certificates.services import crediting
from certificates.services.issuing import Held, issue
from courses.models import Module
from jobs import services as jobs
from jobs.models import Mail
from tests import factories
from tests.certificates.factories import certificate, completion, offer
from tests.certificates.reissue.steps import NURSE, content, counts, swap

pytestmark = pytest.mark.django_db


def test_replacement_takes_the_credit_of_the_edition_and_nothing_else(held, module, new_accreditor, administrator):
    reissue = swap(module, new_accreditor, administrator)
    jobs.drain()
    assert counts(reissue) == {"done": 7}
    old = Certificate.objects.get(pk=held[0].pk)
    new = old.replaced_by
    was, now = old.document, new.document
    assert (now.credit.provider_number, was.credit.provider_number) == ("Q-1", "P-0000")
    assert (now.license, now.completed_on, now.edition, new.printed_name) == (was.license, was.completed_on, 1, "Ana")
    assert [(event.act, event.by, event.note) for event in CertificateEvent.objects.filter(certificate=old)][-1] == (
        Act.REPLACED,
        administrator,
        "Another accreditor.",
    )
    assert Drawing.objects.filter(certificate=new).count() == 1
    assert Mail.objects.filter(recipient="ana@example.org").order_by("-pk").first().subject == (
        "Your new certificate is ready"
    )


@pytest.mark.parametrize(
    "changed, reason",
    [
        ({"key": "another"}, crediting.OFFER_GONE),
        ({"professions": ("pharmacist",)}, crediting.PROFESSION),
        ({"languages": ("es",)}, crediting.LANGUAGE),
        ({"type": "acpe", "needs_nabp": True}, crediting.REPORT),
    ],
)
def test_credit_that_is_not_the_holders_fails_with_its_reason(held, module, changed, reason):
    release = factories.release(content(**changed), number=2)
    reissue = swap(module, release)
    jobs.drain()
    failed = ReissueItem.objects.filter(reissue=reissue, state=ItemState.FAILED)
    assert set(failed.values_list("error", flat=True)) == {reason}
    assert (counts(reissue), Certificate.objects.filter(replaced_at=None).count()) == ({"failed": 7}, 7)


def test_credit_that_asks_for_a_license_is_not_for_who_gave_none():
    row = completion(release=factories.release(content(needs_license=False)))
    held = Held(profession="nurse")
    issue(completion=row, offer="nursing", printed_name="Ana", by=row.enrolment.user, held=held)
    reissue = swap(Module.objects.get(), factories.release(content(), number=2))
    jobs.drain()
    assert list(reissue.items.values_list("state", "error")) == [(ItemState.FAILED, crediting.LICENSE)]


def test_edition_that_lacks_a_language_of_the_certificate_gives_no_credit(held, module):
    """Rule: what a paper says of its credit, it says in each of its languages (services/crediting.py)."""
    english = factories.document(offers=(offer(languages=("en",)),), locales=("en",))
    reissue = swap(module, factories.release(english, number=2))
    jobs.drain()
    ended = reissue.items.values_list("state", "error").distinct()
    assert list(ended.order_by()) == [(ItemState.FAILED, crediting.OFFER_GONE)]


def test_expiry_and_renewal_survive_a_replacement(held, module, new_accreditor):
    expiring = certificate(
        release=held[0].completion.release, offer="nursing", held=NURSE, expires_on=date(2028, 11, 22)
    )
    swap(module, new_accreditor)
    jobs.drain()
    assert Certificate.objects.get(replaces=expiring).expires_on == date(2028, 11, 22)
