import pytest

from courses.downloads import MAX_BYTES, check_pdf
from courses.errors import Refusal, UploadRefused
from tests.courses.pictures import pdf, picture


def refusal(data: bytes) -> Refusal:
    with pytest.raises(UploadRefused) as refused:
        check_pdf(data)
    return refused.value.why


def test_plain_pdf_is_accepted():
    check_pdf(pdf(b"2 0 obj\n<< /Type /Page /JavaScripted true >>\nendobj"))


@pytest.mark.parametrize("data", [b"", b"hello", b"\n" + pdf(), picture(), b"<html>%PDF-1.7 %%EOF"])
def test_what_does_not_begin_as_a_pdf_is_refused(data):
    assert refusal(data) is Refusal.NO_PDF


def test_truncated_pdf_is_refused():
    assert refusal(pdf()[:-10]) is Refusal.BROKEN


def test_page_hidden_behind_a_pdf_is_refused():
    assert refusal(pdf() + b"<script>alert(1)</script>" * 200) is Refusal.BROKEN


@pytest.mark.parametrize(
    "name", [b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA", b"/Java#53cript", b"/#4caunch"]
)
def test_pdf_with_programs_or_files_inside_is_refused(name):
    """The last two spell their name with codes, which readers of PDF understand."""
    assert refusal(pdf(b"<< /S " + name + b" /N (x) >>")) is Refusal.ACTIVE


def test_pdf_larger_than_allowed_is_refused():
    assert refusal(pdf(b" " * MAX_BYTES)) is Refusal.TOO_LARGE
