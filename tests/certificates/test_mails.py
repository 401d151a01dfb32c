"""What holders are told, in their own language, and what no mail may say."""

import pytest
from django.utils.translation import override

from certificates import mails
from certificates.models import Certificate, CorrectionRequest, Drawing
from certificates.reminders import ready
from certificates.services.succeeding import replace
from jobs.models import Job, Mail
from tests import factories
from tests.certificates.factories import COMPLETED_AT, certificate

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder():
    return factories.user("nurse@example.org", language="es")


@pytest.fixture
def issued(holder):
    return certificate(holder, name="María José Núñez")


def correction(issued) -> CorrectionRequest:
    return CorrectionRequest.objects.create(
        certificate=issued, printed_name="Ana Gil", reason="private reason", asked_by=issued.issued_by
    )


SENDERS = {
    "ready": mails.send_ready,
    "corrected": mails.corrected,
    "refused": lambda issued: mails.refused(correction(issued)),
    "revoked": mails.revoked,
    "expiring": lambda issued: mails.expiring(issued, 30),
}


@pytest.mark.parametrize(
    "occasion, subject",
    [
        ("ready", "Su certificado está listo"),
        ("corrected", "Su nuevo certificado está listo"),
        ("refused", "Una respuesta a su solicitud"),
        ("revoked", "Sobre uno de sus certificados"),
        ("expiring", "Uno de sus certificados vence pronto"),
    ],
)
def test_mail_is_in_the_holders_language_whoever_sets_it_off(issued, occasion, subject):
    with override("en"):
        SENDERS[occasion](issued)
    mail = Mail.objects.get()
    assert (mail.recipient, mail.language, mail.subject) == ("nurse@example.org", "es", subject)
    assert "http://localhost:8000/es/training/" in mail.body


@pytest.mark.parametrize("occasion", SENDERS)
def test_mail_says_nothing_of_what_it_is_about(issued, occasion):
    """One link, and neither name nor title nor code nor reason."""
    SENDERS[occasion](issued)
    said = "{0.subject} {0.body}".format(Mail.objects.get())
    titles = issued.document.title.values()
    private = [issued.printed_name, issued.code, issued.shown_code, "private", "Ana Gil", *titles]
    assert ([word for word in private if word in said], said.count("http")) == ([], 1)


@pytest.mark.parametrize("occasion", SENDERS)
@pytest.mark.parametrize("fields", [{"is_active": False}, {"closed_at": "2026-11-22T00:00Z"}])
def test_closed_accounts_are_not_written_to(holder, issued, occasion, fields):
    type(holder).objects.filter(pk=holder.pk).update(**fields)
    issued = type(issued).objects.get(pk=issued.pk)
    SENDERS[occasion](issued)
    assert Mail.objects.count() == 0


def drawing(issued, language: str) -> None:
    paper(issued, language)
    mails.ready(issued)


def paper(issued, language: str) -> None:
    fields = {"template": 1, "key_id": "0" * 16, "digest": language, "file": language}
    Drawing.objects.create(certificate=issued, language=language, **fields)


def work() -> None:
    for job in Job.objects.filter(kind=mails.READY):
        ready(job.payload)


def test_ready_is_told_once_with_the_first_paper(issued):
    for language in ("en", "es", "both"):
        drawing(issued, language)
    work()
    assert Mail.objects.count() == 1


def test_ready_is_told_once_when_two_papers_think_themselves_the_first(issued):
    drawing(issued, "en")
    mails.ready(issued)
    work()
    assert Mail.objects.count() == 1


def test_ready_is_not_told_of_a_certificate_that_had_a_paper_before_such_mails_were_sent(issued):
    paper(issued, "en")
    drawing(issued, "es")
    assert Job.objects.filter(kind=mails.READY).count() == 0


def test_successor_is_told_of_by_the_mail_on_its_correction(issued):
    successor = replace(certificate=issued, facts=issued.document, printed_name="Ana Gil", by=None, note="")
    drawing(successor, "en")
    assert Job.objects.filter(kind=mails.READY).count() == 0


@pytest.mark.parametrize(
    "later",
    [
        {"revoked_at": COMPLETED_AT, "revocation_category": "error"},
        {"replaced_at": COMPLETED_AT},
        {"erased_at": COMPLETED_AT},
    ],
)
def test_ready_is_not_told_of_a_certificate_that_ended_before_its_first_paper(issued, later):
    Certificate.objects.filter(pk=issued.pk).update(**later)
    ready({"certificate": issued.pk})
    assert not Mail.objects.exists()
