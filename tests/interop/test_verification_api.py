import pytest
from django.test import Client
from django.utils import timezone

from certificates import codes, limits
from certificates.models import Certificate

VALID = {
    "status": "valid",
    "printed_name": "Ana Ruiz",
    "language": "en",
    "title": "title (English)",
    "setting": "clinic (English)",
    "provider": "provider (English)",
    "release": 1,
    "minutes": 21,
    "demonstration": True,
    "locale": "en",
    "completed_on": "2026-03-09",
    "issued_on": "2026-03-10",
    "expires_on": None,
    "replaced_on": None,
    "revoked_on": None,
    "revocation_category": None,
}


def _verify(code: str, query: str = ""):
    return Client().get(f"/api/v1/certificates/{code}/{query}")


@pytest.mark.parametrize("typed", [str, str.lower, codes.shown])
def test_certificate_is_shown_to_whoever_has_its_code(certificate, typed):
    response = _verify(typed(certificate.code))
    assert (response.status_code, response.json()) == (200, VALID | {"code": certificate.shown_code})


def test_certificate_is_described_in_the_readers_language(certificate):
    words = {name: f"{name} (español)" for name in ("title", "provider")}
    words |= {"setting": "clinic (español)", "language": "es"}
    assert _verify(certificate.code, "?language=es").json() == VALID | words | {"code": certificate.shown_code}


def test_revoked_certificate_says_when_and_why_without_the_private_note(certificate):
    revocation = {"revoked_at": timezone.now(), "revocation_category": "error", "revocation_note": "Private"}
    Certificate.objects.filter(pk=certificate.pk).update(**revocation)
    response = _verify(certificate.code)
    assert response.json() == VALID | {
        "code": certificate.shown_code,
        "status": "revoked",
        "revoked_on": timezone.localdate().isoformat(),
        "revocation_category": "error",
    }


def test_unknown_and_malformed_codes_get_one_answer(certificate):
    answers = [_verify(code) for code in (codes.new(), "nonsense", certificate.code[:-1])]
    assert {(answer.status_code, answer.content) for answer in answers} == {
        (404, b'{"code":"not_found","detail":"There is nothing at this address, or it is not yours."}')
    }


def test_verifying_costs_two_queries_at_most(certificate, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        _verify(certificate.code)


def test_guessing_has_a_limit_shared_with_the_page(certificate, monkeypatch):
    monkeypatch.setattr(limits, "ALLOWED", 2)
    _verify("one")
    Client().get("/en/verify/two/")
    response = _verify(certificate.code)
    assert (response.status_code, response.json()["code"]) == (429, "throttled")
    assert 0 < int(response["Retry-After"]) <= limits.PERIOD
