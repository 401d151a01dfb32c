import pytest
from django.contrib import admin

from certificates import drawing
from certificates.models import Certificate, Drawing
from tests import factories
from tests.certificates.factories import drawn

pytestmark = pytest.mark.django_db


@pytest.fixture
def back_office(client, monkeypatch):
    monkeypatch.setattr(drawing, "draw", lambda _certificate: b"%PDF")
    client.force_login(factories.user("admin@example.org", is_staff=True, is_superuser=True))
    return client


def test_certificates_can_be_looked_at(back_office):
    issued = drawn()
    pages = ["/admin/certificates/certificate/", f"/admin/certificates/certificate/{issued.pk}/change/"]
    assert [issued.shown_code in back_office.get(page).content.decode() for page in pages] == [True, True]


def test_certificates_can_be_neither_added_nor_changed_nor_deleted(back_office):
    issued = drawn()
    start = "/admin/certificates/certificate/"
    answers = [
        back_office.post(start + page, {"printed_name": "Other", "post": "yes"}).status_code
        for page in ("add/", f"{issued.pk}/change/", f"{issued.pk}/delete/")
    ]
    assert (answers, Certificate.objects.get().printed_name) == ([403] * 3, "María José Núñez")
    assert (Drawing.objects.count(), admin.site.is_registered(Drawing)) == (1, False)
