"""What befalls a certificate while its module is reissued."""

import pytest

from certificates import drawing
from certificates.choices import ItemState, RequestState
from certificates.models import Certificate, Drawing
from certificates.services import reissuing
from certificates.services.corrections import ask
from jobs import services as jobs
from tests.certificates.reissue.steps import (
    NURSE,
    correct_and_erase_it,
    corrected,
    counts,
    erase_it,
    redraw,
    revoke_it,
    revoke_it_and_claim_another,
    swap,
)

pytestmark = pytest.mark.django_db


def test_certificate_that_is_no_longer_in_force_is_skipped(held, module, new_accreditor):
    reissue = swap(module, new_accreditor)
    revoke_it(held[2])
    jobs.drain()
    assert counts(reissue) == {"done": 6, "skipped": 1}


@pytest.mark.usefixtures("_new_template")
@pytest.mark.parametrize(
    "meanwhile", [revoke_it, erase_it, correct_and_erase_it, revoke_it_and_claim_another], ids=lambda way: way.__name__
)
def test_item_whose_certificate_ended_meanwhile_is_skipped_and_nothing_is_drawn(meanwhile, held, module):
    """Rule: only a successor that is in force, for the same credit, takes the place of what ended (`_follow`)."""
    reissue = redraw(module)
    meanwhile(held[0])
    item = reissue.items.select_related("certificate").get(certificate=held[0])
    reissuing._do(reissue, item)
    item.refresh_from_db()
    assert (item.state, item.certificate, item.error) == (ItemState.SKIPPED, held[0], "")
    assert not Drawing.objects.filter(template=drawing.TEMPLATE).exists()


def test_certificate_corrected_meanwhile_is_followed_to_its_successor(held, module, new_accreditor):
    reissue = swap(module, new_accreditor)
    successor = corrected(held[2])
    jobs.drain()
    newest = Certificate.objects.get(replaces=successor)
    assert counts(reissue) == {"done": 7}
    assert (newest.printed_name, newest.document.credit.provider_number) == ("Ana Luz", "Q-1")


def test_what_a_holder_asked_for_meanwhile_is_decided_on_the_successor(held, module, new_accreditor):
    """Rule: a replacement settles no request for correction, and loses none (services/succeeding.py)."""
    holder = held[0].completion.enrolment.user
    asked = ask(certificate=held[0], printed_name="Ana Luz", license=NURSE.license, reason="Married.", by=holder)
    swap(module, new_accreditor)
    jobs.drain()
    asked.refresh_from_db()
    assert (asked.state, asked.certificate) == (RequestState.OPEN, Certificate.objects.get(replaces=held[0]))
