import pytest

from jobs import services
from jobs.mail import queue_mail
from jobs.models import LocalMail

pytestmark = pytest.mark.django_db


def test_local_outbox_keeps_mail_as_rows(settings):
    settings.EMAIL_BACKEND = "jobs.outbox.EmailBackend"
    queue_mail(to="ana@example.org", subject="Hola", body="Buenos días", language="es")
    services.drain()
    assert list(LocalMail.objects.values_list("recipient", "language", "subject", "body")) == [
        ("ana@example.org", "es", "Hola", "Buenos días")
    ]
