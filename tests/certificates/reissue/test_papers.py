"""The papers of a module drawn again, with the same codes."""

import pytest
from django.utils import timezone

from certificates import drawing
from certificates.models import Certificate, Drawing
from certificates.services import pictures
from certificates.signing import making
from jobs import services as jobs
from tests import factories
from tests.certificates.factories import certificate
from tests.certificates.reissue.steps import corrected, counts, erase_it, redraw, revoke_it
from tests.certificates.signatures import credential

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("_new_template")
def test_papers_are_drawn_anew_and_those_before_stay(held, module, administrator):
    before = set(Drawing.objects.values_list("pk", "digest"))
    reissue = redraw(module, administrator)
    assert counts(reissue) == {"pending": 7}
    jobs.drain()
    assert (counts(reissue), Certificate.objects.count()) == ({"done": 7}, 7)
    assert before < set(Drawing.objects.values_list("pk", "digest"))
    assert Drawing.objects.filter(template=drawing.TEMPLATE).count() == 7


def test_every_language_that_was_drawn_is_drawn_again(held, module, request):
    for language in ("es", "both"):
        pictures.order_drawing(held[0], language)
    jobs.drain()
    request.getfixturevalue("_new_template")
    redraw(module)
    jobs.drain()
    anew = Drawing.objects.filter(template=drawing.TEMPLATE, certificate=held[0])
    assert sorted(anew.values_list("language", flat=True)) == ["both", "en", "es"]


def test_papers_are_drawn_anew_with_a_new_key(held, module, settings):
    found = credential()
    settings.CERTIFICATE_KEY, settings.CERTIFICATE_CERT = making.private_pem(found.key).decode(), found.pem
    reissue = redraw(module)
    jobs.drain()
    anew = Drawing.objects.filter(key_id=found.key_id).values_list("certificate", flat=True)
    assert (counts(reissue), sorted(anew)) == ({"done": 7}, [row.pk for row in held])


def test_paper_that_was_lost_is_drawn_anew_and_no_other(held, module):
    Drawing.objects.filter(certificate=held[0]).update(lost_at=timezone.now())
    reissue = redraw(module)
    jobs.drain()
    assert counts(reissue) == {"done": 1, "skipped": 6}
    assert Drawing.objects.latest("pk").certificate == held[0]


def test_reissue_is_of_what_is_in_force_of_its_module_alone(held, module):
    successor = corrected(held[0])
    revoke_it(held[1])
    erase_it(held[2])
    certificate(factories.user("other@example.org"), content=factories.document(key="other"))
    items = redraw(module).items.values_list("certificate", flat=True)
    assert list(items) == [row.pk for row in (*held[3:], successor)]


def test_nothing_is_drawn_where_nothing_changed(held, module):
    reissue = redraw(module)
    jobs.drain()
    assert (counts(reissue), Drawing.objects.count()) == ({"skipped": 7}, 7)
