import pytest
from django.contrib import admin

from certificates import drawing, signing
from certificates.choices import ReissueKind
from certificates.document import License
from certificates.models import (
    Certificate,
    CertificateEvent,
    Drawing,
    Reissue,
    ReissueItem,
    ReportingData,
    SigningCertificate,
    Transcript,
)
from certificates.services.corrections import ask
from tests import factories
from tests.certificates.factories import drawn

pytestmark = pytest.mark.django_db

HERE = "/admin/certificates/"


@pytest.fixture
def back_office(client, monkeypatch):
    monkeypatch.setattr(drawing, "draw", lambda *_about: b"%PDF")
    monkeypatch.setattr(signing, "sign", lambda content: content)
    client.force_login(factories.user("admin@example.org", is_staff=True, is_superuser=True))
    return client


def kept() -> dict[str, int]:
    """One of each kind of row, by the name of its pages."""
    issued = drawn()
    holder = issued.completion.enrolment.user
    ask(certificate=issued, printed_name="Other Name", license=License(), reason="a letter is missing", by=holder)
    reissue = Reissue.objects.create(module=issued.completion.enrolment.module, kind=ReissueKind.REDRAW, reason="new")
    ReissueItem.objects.create(reissue=reissue, certificate=issued, state="failed", error="it went wrong")
    key = SigningCertificate.objects.create(key_id="0123456789abcdef", pem="PEM")
    transcript = Transcript.objects.create(user=holder, language="en", rows=[])
    rows = {"certificate": issued, "reissue": reissue, "signingcertificate": key, "transcript": transcript}
    return {name: row.pk for name, row in rows.items()}


def test_certificates_and_what_happened_to_them_can_be_looked_at(back_office):
    rows = kept()
    shown = {name: back_office.get(f"{HERE}{name}/{pk}/change/").content.decode() for name, pk in rows.items()}
    assert Certificate.objects.get().shown_code in back_office.get(f"{HERE}certificate/").content.decode()
    assert ["a letter is missing" in shown["certificate"], "Other Name" in shown["certificate"]] == [True, True]
    assert ["it went wrong" in shown["reissue"], "0123456789abcdef" in shown["signingcertificate"]] == [True, True]
    assert all(back_office.get(f"{HERE}{name}/").status_code == 200 for name in rows)


def test_nothing_of_it_can_be_added_changed_or_deleted(back_office):
    rows = kept()
    before = [list(kind.objects.values()) for kind in (Certificate, Drawing, CertificateEvent, Reissue, Transcript)]
    answers = {
        back_office.post(f"{HERE}{name}/{page}/", {"printed_name": "Other", "post": "yes"}).status_code
        for name, pk in rows.items()
        for page in ("add", f"{pk}/change", f"{pk}/delete")
    }
    after = [list(kind.objects.values()) for kind in (Certificate, Drawing, CertificateEvent, Reissue, Transcript)]
    assert (answers, after) == ({403}, before)


def test_what_is_only_reported_and_single_drawings_have_no_pages(back_office):
    assert [admin.site.is_registered(kind) for kind in (ReportingData, Drawing, CertificateEvent)] == [False] * 3
    issued = drawn()
    ReportingData.objects.create(certificate=issued, nabp_id="7654321", birthday="0131")
    assert "7654321" not in back_office.get(f"{HERE}certificate/{issued.pk}/change/").content.decode()
