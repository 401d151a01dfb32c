"""The transcript's file: signed, on one page or many, in both languages, against PDF/UA-1 and PDF/A-2a."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from certificates import signing, transcript_drawing
from certificates.models import Transcript
from certificates.services import transcripts
from tests import factories
from tests.certificates.conformance import conforms
from tests.certificates.factories import sample_facts
from tests.certificates.records import issued, nursing
from tests.certificates.test_drawing import LONGEST

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NAMES = ["Ana Ruiz", LONGEST, "فاطمة الزهراء", "王小明", "Nguyễn Thị Minh Khai"]


@pytest.fixture
def learner():
    return factories.user()


def asked(learner, language: str) -> Transcript:
    return transcripts.order(user=learner, language=language, by=learner)


def test_signed_transcript_conforms_to_pdf_ua_and_pdf_a(learner, tmp_path):
    files = []
    for count in range(24):
        issued(learner, facts=nursing(date(2026, 1, 1 + count)), name=NAMES[count % 5], expires_on=date(2098, 1, 1))
        if count in (0, 23):
            for language in ("en", "es"):
                files.append(tmp_path / f"{language}-{count}.pdf")
                files[-1].write_bytes(signing.sign(transcript_drawing.draw(asked(learner, language))))
    assert (conforms("PDFUA-1", *files), conforms("PDFA-2A", *files)) == ([], [])


def test_transcript_says_title_language_and_everything_on_it(learner):
    found = issued(learner, facts=nursing(), name="Ana Ruiz")
    reader = PdfReader(BytesIO(transcript_drawing.draw(asked(learner, "en"))))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert (reader.metadata.title, reader.trailer["/Root"]["/Lang"]) == ("Transcript of Ana Ruiz", "en")
    said = [
        "Ana Ruiz",
        "title (English)",
        "1.25 contact hours",
        "RN 884213 (TX)",
        "November 22, 2026",
        found.shown_code,
    ]
    assert [words for words in said if words not in text] == []


def test_same_transcript_gives_the_same_bytes(learner):
    issued(learner)
    row = asked(learner, "es")
    assert transcript_drawing.draw(row) == transcript_drawing.draw(row)


def test_words_in_another_language_are_tagged(learner):
    issued(learner, facts=sample_facts(title={"en": "title"}, setting_name={"en": "setting"}, demonstration=False))
    reader = PdfReader(BytesIO(transcript_drawing.draw(asked(learner, "es"))))
    languages = {
        str(found["/Lang"])
        for number in range(1, reader.trailer["/Size"])
        if isinstance(found := reader.get_object(number), dict) and "/Lang" in found
    }
    assert languages == {"en", "es"}
