from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.contrib.sessions.models import Session
from django.core import mail as django_mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from jobs import sealing, services
from jobs.mail import deliver, queue_mail
from jobs.models import Job, Mail
from jobs.retention import forget

pytestmark = pytest.mark.django_db


def queue_code(**changes) -> Mail:
    values = {
        "to": "ana@example.org",
        "subject": "Su código",
        "body": "Su código: BCD-FGH",
        "language": "es",
        "secret": True,
        "expires_at": timezone.now() + timedelta(minutes=15),
    }
    return queue_mail(**values | changes)


def break_relay(monkeypatch) -> None:
    def refuse(self, messages):
        raise SMTPServerDisconnected("gone")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)


def test_queued_mail_is_sent_by_the_queue_as_it_was_written():
    row = queue_mail(to="ana@example.org", subject="Hello", body="Text", html="<p>Text</p>", language="en")
    services.drain()
    [sent] = django_mail.outbox
    assert (sent.to, sent.subject, sent.body, sent.alternatives) == (
        ["ana@example.org"],
        "Hello",
        "Text",
        [("<p>Text</p>", "text/html")],
    )
    assert sent.extra_headers["Content-Language"] == "en"
    row.refresh_from_db()
    assert (row.body, row.sent_at is None) == ("Text", False)


def test_queue_mail_is_undone_with_its_transaction():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        queue_code()
        1 / 0  # noqa: B018
    assert (Mail.objects.count(), Job.objects.count()) == (0, 0)


def test_secret_mail_lies_sealed_and_is_wiped_once_sent():
    row = queue_code(html="<p>BCD-FGH</p>")
    assert "BCD" not in row.body + row.html + str(Job.objects.values())
    assert row.opened() == ("Su código: BCD-FGH", "<p>BCD-FGH</p>")
    services.drain()
    row.refresh_from_db()
    assert (row.body, row.html, row.sent_at is None) == ("", "", False)
    assert django_mail.outbox[0].body == "Su código: BCD-FGH"


def test_expired_secret_mail_is_dropped_and_wiped():
    row = queue_code(expires_at=timezone.now() - timedelta(seconds=1))
    services.drain()
    row.refresh_from_db()
    assert (django_mail.outbox, row.body, row.sent_at) == ([], "", None)
    assert Job.objects.get().state == "done"


def test_mail_waits_while_the_relay_fails_and_goes_out_later(monkeypatch):
    row = queue_code()
    with monkeypatch.context() as broken:
        break_relay(broken)
        services.drain()
    job = Job.objects.get()
    assert (job.state, job.error, django_mail.outbox) == ("pending", "SMTPServerDisconnected: gone", [])
    Job.objects.update(run_after=timezone.now())
    services.drain()
    assert [message.to for message in django_mail.outbox] == [[row.recipient]]


def test_mail_that_is_recorded_as_sent_is_not_sent_again():
    row = queue_code()
    deliver({"mail": row.pk})
    deliver({"mail": row.pk})
    assert len(django_mail.outbox) == 1


def test_mail_repeated_after_a_crash_keeps_its_message_id(monkeypatch):
    row = queue_mail(to="ana@example.org", subject="Hello", body="Text", language="en")
    with monkeypatch.context() as crash:
        crash.setattr("jobs.mail._record_sent", lambda mail: None)
        deliver({"mail": row.pk})
    deliver({"mail": row.pk})
    first, second = (message.extra_headers["Message-ID"] for message in django_mail.outbox)
    assert first == second


def test_sealed_text_opens_with_a_former_key(settings):
    sealed = sealing.seal("BCD-FGH")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-another-key-another-key-another-key"
    assert sealing.open_sealed(sealed) == "BCD-FGH"


@pytest.mark.parametrize("values", [{"expires_at": None}, {"sent_at": timezone.now()}], ids=["endless", "not wiped"])
def test_database_refuses_careless_secret(values):
    row = queue_code()
    with pytest.raises(IntegrityError), transaction.atomic():
        Mail.objects.filter(pk=row.pk).update(**values)


def test_forget_keeps_what_is_young_or_keyed():
    old = timezone.now() - timedelta(days=31)
    done = {"kind": "note", "state": "done"}
    Job.objects.create(**done, finished_at=old)
    kept = [
        Job.objects.create(**done, finished_at=timezone.now()),
        Job.objects.create(**done, finished_at=old, key="remind:1"),
        Job.objects.create(kind="note", state="failed", finished_at=old),
    ]
    letter = {"recipient": "ana@example.org", "language": "en", "subject": "Hello"}
    Mail.objects.create(**letter, body="Text", created_at=old)
    stale = Mail.objects.create(**letter, body="sealed", secret=True, expires_at=timezone.now() - timedelta(minutes=1))
    forget()
    assert list(Job.objects.order_by("pk")) == kept
    assert list(Mail.objects.values_list("pk", "body")) == [(stale.pk, "")]


def test_forget_drops_visits_that_are_over():
    now = timezone.now()
    Session.objects.create(session_key="over", session_data="", expire_date=now - timedelta(seconds=1))
    Session.objects.create(session_key="open", session_data="", expire_date=now + timedelta(days=1))
    forget()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["open"]
