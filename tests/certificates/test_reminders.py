from datetime import timedelta

import pytest
from django.utils import timezone

from certificates.reminders import KIND, remind
from certificates.services import issue
from jobs.models import Job, Mail
from learning.services.facts import REMIND_AFTER
from tests import factories

pytestmark = pytest.mark.django_db


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
    assert "http://localhost:8000/es/certificates/basics/name/" in mail.body
    assert "Confirme aquí el nombre que llevará impreso:" in mail.body


def test_remind_claimed_certificate_writes_nothing(completion):
    learner = completion.enrolment.user
    issue(completion=completion, printed_name="Ana Gil", locale="es", by=learner)
    remind({"completion": completion.pk})
    assert not Mail.objects.exists()
