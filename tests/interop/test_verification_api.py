from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from certificates import codes, limits
from certificates.models import Certificate
from learning.models import Completion, Enrolment

ENGLISH = {
    "title": "title (English)",
    "setting": "clinic (English)",
    "provider": "provider of nursing (English)",
    "credit": "1.25 contact hours · name of nursing (English)",
    "format": "format of nursing (English)",
}
SPANISH = {
    "title": "title (español)",
    "setting": "clinic (español)",
    "provider": "provider of nursing (español)",
    "credit": "1.25 horas de contacto · name of nursing (español)",
    "format": "format of nursing (español)",
}
VALID = {
    "status": "valid",
    "renewed": False,
    "printed_name": "Ana Ruiz",
    "language": "en",
    **ENGLISH,
    "words": {"en": ENGLISH, "es": SPANISH},
    "credit_type": "contact-hours",
    "credit_amount": "1.25",
    "provider_number": "P-0000",
    "activity_number": "",
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
    words = SPANISH | {"language": "es", "code": certificate.shown_code}
    assert _verify(certificate.code, "?language=es").json() == VALID | words


def test_e3_programs_are_told_neither_address_nor_license_nor_score(certificate):
    """E3: the public check says nothing of e-mail, license, profession or score, in no language and no status."""
    told = _verify(certificate.code).content.decode()
    assert [secret for secret in ("holder@example.org", "884213", "nurse", "score") if secret in told] == []


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


def test_certificate_earned_again_since_says_so(certificate):
    enrolment = certificate.completion.enrolment
    later = timezone.now() + timedelta(days=400)
    again = Enrolment.objects.create(
        user=enrolment.user,
        module=enrolment.module,
        release=enrolment.release,
        setting="clinic",
        locale="en",
        pre_form="A",
        completed_at=later,
    )
    release = certificate.completion.release
    completion = Completion.objects.create(enrolment=again, release=release, setting="clinic", locale="en", score=90)
    Completion.objects.filter(pk=completion.pk).update(at=later)
    Certificate.objects.create(
        completion=completion,
        offer="nursing",
        printed_name="Ana Ruiz",
        locale="en",
        facts=certificate.facts,
        issued_by=enrolment.user,
        renews=certificate,
    )
    assert _verify(certificate.code).json() == VALID | {"code": certificate.shown_code, "renewed": True}


def test_unknown_and_malformed_codes_get_one_answer(certificate):
    Certificate.objects.filter(pk=certificate.pk).update(printed_name="", facts={}, erased_at=timezone.now())
    answers = [_verify(code) for code in (codes.new(), "nonsense", certificate.code[:-1], certificate.code)]
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
