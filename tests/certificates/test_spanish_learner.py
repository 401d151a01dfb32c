from io import BytesIO

import pytest
from django.utils.translation import override
from pypdf import PdfReader

from certificates import mails
from certificates.files import as_issued
from certificates.reminders import remind
from certificates.services.issuing import issue
from certificates.services.pictures import draw
from jobs.models import Mail
from tests import factories

pytestmark = pytest.mark.django_db


def test_a10_everything_that_reaches_a_spanish_learner_is_spanish_whoever_sets_it_off(client, settings):
    """Protects: mail, certificate, file name and error page speak their owner's language (accounts/queries.py

    `language_of`, the certificate's own `locale`, support/errors.py), not that of the worker or administrator at work.
    """
    settings.DEMO = True  # signs with the key for development
    learner = factories.user("ana@example.org", language="es")
    completion = factories.finish_all(factories.enrolment(by=learner, locale="es")).completion
    type(completion).objects.filter(pk=completion.pk).update(locale="es")
    completion.refresh_from_db()
    with override("en"):  # a worker, or an administrator who reads English
        remind({"completion": completion.pk})
        certificate = issue(completion=completion, offer="completion", printed_name="Ana Gil", by=learner)
        drawing = draw(certificate_id=certificate.pk, language=certificate.locale)
        mails.send_ready(certificate)
    pdf = PdfReader(BytesIO(as_issued(drawing)))
    client.force_login(learner)
    file = client.get(client.get(f"/es/certificates/{certificate.shown_code}/status").json()["url"])
    missing = client.get("/nowhere/", headers={"accept-language": "es"})
    assert {
        "mails": list(Mail.objects.order_by("pk").values_list("subject", flat=True)),
        "paper": (pdf.root_object["/Lang"], pdf.metadata.title.partition(" ")[0]),
        "file": file["Content-Disposition"].partition("-")[0],
        "error": (missing.status_code, '<html lang="es">' in missing.content.decode()),
    } == {
        "mails": ["Su certificado le espera", "Su certificado está listo"],
        "paper": ("es", "Certificado"),
        "file": 'inline; filename="certificado',
        "error": (404, True),
    }
