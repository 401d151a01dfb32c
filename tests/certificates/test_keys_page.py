import pytest
from cryptography import x509

from certificates.models import SigningCertificate
from certificates.services.keys import remember
from certificates.signing import making
from tests.certificates.signatures import credential

pytestmark = pytest.mark.django_db
DOUBT = {"en": "Some signatures here prove nothing", "es": "Algunas firmas de aquí no prueban nada"}


def publish(organization: str, **fields) -> SigningCertificate:
    found = credential(organization)
    return SigningCertificate.objects.create(key_id=found.key_id, pem=found.pem, **fields)


def test_page_shows_every_key_with_what_it_is_compared_by(client, django_assert_num_queries):
    old, new = publish("Old provider"), publish("New provider")
    client.get("/en/verify/keys/")  # help lines are cached from now on
    with django_assert_num_queries(1):
        page = client.get("/en/verify/keys/")
    shown = page.context["keys"]
    assert [(key.key_id, key.owner) for key in shown] == [(new.key_id, "New provider"), (old.key_id, "Old provider")]
    assert shown[0].fingerprint.replace(":", "").lower()[:16] == new.key_id
    for key in shown:
        for text in (key.key_id, key.owner, key.fingerprint, f"/verify/keys/{key.key_id}.pem"):
            assert text in page.content.decode()
    assert DOUBT["en"] not in page.content.decode()


def test_page_before_the_first_paper(client):
    assert "No file has been signed yet." in client.get("/en/verify/keys/").content.decode()


def test_development_key_is_called_one(client):
    publish("SOAR Online", is_development=True)
    page = client.get("/en/verify/keys/").content.decode()
    assert (DOUBT["en"] in page, "For development: it proves nothing" in page) == (True, True)


def test_name_of_an_owner_is_shown_as_text(client):
    publish("<script>alert(1)</script>")
    page = client.get("/en/verify/keys/").content.decode()
    assert ("<script>alert" in page, "&lt;script&gt;alert" in page) == (False, True)


def test_public_key_can_be_downloaded_and_holds_no_private_one(client):
    found = credential()
    remember(found)
    answer = client.get(f"/verify/keys/{found.key_id}.pem")
    assert answer.content == making.public_pem(found.certificate)
    assert x509.load_pem_x509_certificate(answer.content) == found.certificate
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        "application/x-pem-file",
        f'attachment; filename="{found.key_id}.pem"',
    )
    assert b"PRIVATE" not in answer.content


def test_unknown_key_is_not_found(client):
    assert client.get("/verify/keys/0123456789abcdef.pem", follow=True).status_code == 404


def test_address_without_a_language_leads_to_the_page(client):
    assert client.get("/verify/keys", headers={"accept-language": "es"})["Location"] == "/es/verify/keys/"
