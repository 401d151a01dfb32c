"""Mails that come by themselves: for a certificate nobody asked for, and before one expires."""

from datetime import time, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from certificates.mails import READY
from certificates.models import Certificate, CertificateEvent
from certificates.reminders import KIND, expire, remind
from certificates.services.expiring import DAYS, WARN
from certificates.services.issuing import Held, issue
from certificates.services.succeeding import replace
from jobs import services as jobs
from jobs.models import Job, Mail
from learning.services.facts import REMIND_AFTER
from tests import factories
from tests.certificates.factories import COMPLETED_AT, certificate, offer

pytestmark = pytest.mark.django_db
EXPIRES = {"offer": "yearly", "held": Held("nurse")}


@pytest.fixture
def completion():
    learner = factories.user("nurse@example.org", language="es")
    return factories.finish_all(factories.enrolment(by=learner)).completion


def test_completion_orders_one_reminder_for_later(completion):
    job = Job.objects.get(kind=KIND)
    assert job.payload == {"completion": completion.pk}
    assert abs(job.run_after - timezone.now() - REMIND_AFTER) < timedelta(minutes=1)


def test_remind_unclaimed_certificate_writes_in_the_learners_language(completion):
    remind({"completion": completion.pk})
    mail = Mail.objects.get()
    assert (mail.recipient, mail.language, mail.subject) == ("nurse@example.org", "es", "Su certificado le espera")
    assert f"http://localhost:8000/es/certificates/basics/name/{completion.enrolment_id}/" in mail.body
    assert "Confirme aquí el nombre que llevará impreso:" in mail.body


def test_remind_claimed_certificate_writes_nothing(completion):
    learner = completion.enrolment.user
    issue(completion=completion, offer="completion", printed_name="Ana Gil", by=learner)
    remind({"completion": completion.pk})
    assert not Mail.objects.exists()


def expiring(days_left: int | None = None, **fields) -> Certificate:
    """A certificate valid for a year; `days_left` puts its last day so far away."""
    content = factories.document(offers=(offer("yearly", valid_months=12, needs_license=False),))
    later = {} if days_left is None else {"expires_on": timezone.localdate() + timedelta(days_left)}
    learner = factories.user("nurse@example.org", language="es")
    return certificate(learner, content=content, **EXPIRES, **later, **fields)


def work(issued: Certificate, *days: int) -> None:
    for number in days or DAYS:
        expire({"certificate": issued.pk, "days": number})


def told() -> list[str]:
    return list(CertificateEvent.objects.filter(act="reminded").values_list("note", flat=True))


def test_e11_issuing_orders_a_warning_90_30_and_7_days_before_the_last_day():
    """Protects: expiry warns at stated intervals (certificates/services/expiring.py `order_warnings`)."""
    issued = expiring()
    ordered = Job.objects.filter(kind=WARN).order_by("run_after")
    days_before = [(issued.expires_on - timezone.localdate(job.run_after)).days for job in ordered]
    assert (days_before, [job.payload["days"] for job in ordered]) == ([90, 30, 7], [90, 30, 7])
    assert {timezone.localtime(job.run_after).time() for job in ordered} == {time(9)}


def test_certificate_that_does_not_expire_orders_no_warning():
    certificate()
    assert not Job.objects.filter(kind=WARN).exists()


def test_successor_orders_the_warnings_that_still_lie_ahead():
    issued = expiring(20)
    Job.objects.filter(kind=WARN).delete()
    issued.refresh_from_db()
    successor = replace(certificate=issued, facts=issued.document, printed_name="Ana Gil", by=None, note="")
    ordered = Job.objects.filter(kind=WARN).values_list("payload", flat=True)
    assert list(ordered) == [{"certificate": successor.pk, "days": 7}]


@pytest.mark.parametrize("days", DAYS)
def test_e11_each_warning_is_sent_once_in_the_learners_language(days):
    """Protects: a warning goes out once, in its holder's language whichever is active (services/expiring.py `warn`)."""
    issued = expiring(days)
    with override("en"):
        work(issued, days)
        work(issued, days)
    mail = Mail.objects.get()
    assert (mail.language, mail.subject, told()) == ("es", "Uno de sus certificados vence pronto", [str(days)])
    assert f"A uno de sus certificados le quedan {days} días de vigencia." in mail.body


@pytest.mark.parametrize(
    "left, sent", [(91, []), (90, ["90"]), (45, ["90"]), (30, ["30"]), (12, ["30"]), (5, ["7"]), (0, ["7"]), (-1, [])]
)
def test_e11_of_warnings_that_are_late_only_the_nearest_is_sent(left, sent):
    """Protects: a worker that was down for months writes once, and not after the last day."""
    work(expiring(left))
    assert (told(), Mail.objects.count()) == (sent, len(sent))


@pytest.mark.parametrize(
    "fields",
    [
        {"replaced_at": COMPLETED_AT},
        {"revoked_at": COMPLETED_AT, "revocation_category": "error"},
        {"erased_at": COMPLETED_AT, "facts": {}, "printed_name": ""},
    ],
)
def test_certificate_that_has_ended_warns_nobody(fields):
    work(expiring(30, **fields))
    assert (told(), Mail.objects.count()) == ([], 0)


ORDERS = {
    KIND: lambda: {"completion": factories.finish_all(factories.enrolment()).completion.pk},
    READY: lambda: {"certificate": certificate().pk},
    WARN: lambda: {"certificate": expiring(30).pk, "days": 30},
}


@pytest.mark.parametrize("kind", ORDERS)
def test_mail_of_a_worker_that_lost_its_job_is_taken_back(kind, monkeypatch):
    """Rule: what a job writes to a holder is kept with the end of the job, so once (certificates/apps.py)."""
    job = jobs.enqueue(kind=kind, payload=ORDERS[kind]())
    with monkeypatch.context() as lost:
        lost.setattr(jobs, "finish", lambda *, job: False)
        jobs.run(job_id=job.pk)
    assert (Mail.objects.count(), told()) == (0, [])
    Job.objects.filter(pk=job.pk).update(state="pending", lease_token=None, lease_until=None)
    jobs.run(job_id=job.pk)
    assert Mail.objects.count() == 1


def test_warning_that_reaches_nobody_is_not_told_as_sent():
    issued = expiring(30)
    type(issued.issued_by).objects.update(is_active=False)
    work(issued)
    assert (told(), Mail.objects.count()) == ([], 0)
