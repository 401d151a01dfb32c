import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from certificates.files import digest
from certificates.models import Certificate, Transcript
from certificates.uploads import LARGEST
from tests.certificates.records import THEN, file_of, issued, nursing

pytestmark = pytest.mark.django_db
URL = "/en/verify/file/"
AS_ISSUED = b"%PDF-1.7 as issued" + bytes(range(256)) * 40
YES, NO = "This file is exactly as we issued it", "We issued no file exactly like this one"


def check(content: bytes, client: Client | None = None, name: str = "certificate.pdf"):
    return (client or Client()).post(URL, {"file": ContentFile(content, name)})


@pytest.fixture
def certificate() -> Certificate:
    found = issued(facts=nursing())
    file_of(found, AS_ISSUED)
    return found


def test_file_as_issued_is_told_with_its_certificates_present_status(certificate):
    page = check(AS_ISSUED).content.decode()
    assert [text in page for text in (YES, "December 1, 2026", "This certificate is valid", NO)] == [
        *[True, True, True, False],
    ]
    Certificate.objects.filter(pk=certificate.pk).update(revoked_at=THEN, revocation_category="error")
    page = check(AS_ISSUED).content.decode()
    assert (YES in page, "This certificate was revoked" in page, "884213" in page) == (True, True, False)


@pytest.mark.parametrize(
    "changed",
    [
        b"%PDF-1.7 as issued",
        AS_ISSUED[:-1],
        AS_ISSUED + b"\n",
        AS_ISSUED[:100] + bytes([AS_ISSUED[100] ^ 1]) + AS_ISSUED[101:],
        AS_ISSUED.replace(b"1.7", b"1.4"),
        b"not a PDF at all",
        b"\0" * 1000,
    ],
    ids=["forged", "truncated", "signed again", "one bit", "another version", "no PDF", "NULs"],
)
def test_any_other_file_gets_the_second_answer_and_the_form_for_a_code(changed, certificate):
    response = check(changed)
    page = response.content.decode()
    assert (response.status_code, YES in page, NO in page, 'name="code"' in page) == (200, False, True, True)


def test_second_answers_are_all_the_same(certificate):
    pages = [check(content).content for content in (b"a", AS_ISSUED[:-1])]
    assert pages[0] == pages[1]


def test_erased_certificates_file_is_not_known_any_more(certificate):
    Certificate.objects.filter(pk=certificate.pk).update(printed_name="", facts={}, erased_at=THEN)
    assert NO in check(AS_ISSUED).content.decode()


def test_transcript_as_issued_is_told_without_what_it_lists(certificate):
    content = b"a transcript"
    assert NO in check(content).content.decode()
    Transcript.objects.create(
        user=certificate.issued_by, language="en", rows={}, digest=digest(content), file="a.pdf", drawn_at=THEN
    )
    page = check(content).content.decode()
    assert (YES in page, "It is a transcript" in page, certificate.printed_name in page) == (True, True, False)


def test_nothing_that_is_sent_is_stored(certificate, settings):
    check(AS_ISSUED)
    assert not default_storage.exists("certificate.pdf")
    assert not settings.MEDIA_ROOT.exists()


@pytest.mark.parametrize(
    "data, error",
    [
        ({}, "Choose the file."),
        ({"file": "text"}, "Choose the file."),
        ({"file": ContentFile(b"", "a.pdf")}, "This file is empty."),
        ({"file": ContentFile(b"x" * (LARGEST + 1), "a.pdf")}, "This file is larger than 1 MB."),
    ],
)
def test_what_is_no_file_is_said(data, error, client):
    page = client.post(URL, data)
    assert (page.status_code, error in page.content.decode(), "multipart/form-data" in page.content.decode()) == (
        *[422, True, True],
    )


def test_largest_file_is_taken(client):
    assert NO in check(b"x" * LARGEST, client).content.decode()


def test_upload_without_its_token_is_refused():
    assert check(AS_ISSUED, Client(enforce_csrf_checks=True)).status_code == 403


@pytest.mark.parametrize("content, at_most", [(AS_ISSUED, 3), (b"x", 3)])
def test_checking_needs_few_queries(content, at_most, certificate, client, django_assert_max_num_queries):
    client.get(URL)
    with django_assert_max_num_queries(at_most):
        check(content, client)
