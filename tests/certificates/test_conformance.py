"""Every template, signed, against PDF/UA-1 and PDF/A-2a, with names in many scripts."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from certificates import drawing, signing
from certificates.choices import PAPERS
from certificates.document import License
from courses.choices import CreditType
from tests import factories
from tests.certificates.conformance import conforms, verapdf
from tests.certificates.factories import sample, sample_credit
from tests.certificates.test_drawing import LONGEST

NAMES = {
    "longest": LONGEST,
    "arabic": "فاطمة الزهراء",
    "hebrew": "יִצְחָק כהן",
    "chinese": "王小明",
    "korean": "김민수",
    "vietnamese": "Nguyễn Thị Minh Khai",
    "cyrillic": "Олена Ґалаґан",
    "greek": "Ελένη",
    "devanagari": "श्रीमती प्रियंका",
    "burmese": "ကျော်စွာ",
    "persian": "نیک\u200cبخت",
}
ENGLISH = "Seal of SOAR Online: an octagon in four colors, in a wreath of fine lines"
SPANISH = "Sello de SOAR Online: un octágono de cuatro colores en una corona de líneas finas"
DESCRIBED = {
    "en": ("Certificate of completion for Ana Ruiz", "en", {ENGLISH}),
    "es": ("Certificado de finalización de Ana Ruiz", "es", {SPANISH}),
    "both": ("Certificate of completion for Ana Ruiz", "en", {ENGLISH}),
}


def everything(name: str):
    """All that a paper can hold."""
    words = {text: factories.words(text) for text in ("name", "extra", "signatory_role")}
    credit = sample_credit(
        type=CreditType.CONTACT_HOURS,
        amount="1.25",
        provider_address="1 Elm Street, Austin, TX 78701",
        provider_number="P-0000",
        activity_number="0000-0000-26-001-H99-P",
        signatory="Dr. Jordan Lee",
        **words,
    )
    return sample(name, credit=credit, license=License(number="RN 884213", state="TX"))


def in_italics(name: str):
    """A registered mark in every face that has italics."""
    mark = dict.fromkeys(("en", "es"), "AMA PRA Category 1 Credit™")
    credit = sample_credit(type=CreditType.AMA_PRA_1, amount="1.25", statement=mark)
    return sample(name, credit=credit, title=mark)


@pytest.mark.slow
def test_e7_every_template_conforms_to_pdf_ua_and_pdf_a_when_signed(tmp_path):
    """A paper is accessible and made to last, in one language and in both: certificates/engine.py and paper.html."""
    files = []
    for language, _name in PAPERS:
        drawn = [(script, sample(name)) for script, name in NAMES.items()]
        drawn += [("everything", everything("Ana Ruiz")), ("mark", in_italics("Ana Ruiz"))]
        for script, certificate in drawn:
            files.append(tmp_path / f"{language}-{script}.pdf")
            files[-1].write_bytes(signing.sign(drawing.draw(certificate, language)))
        title, spoken, seals = DESCRIBED[language]
        assert facts(signing.sign(drawing.draw(sample("Ana Ruiz"), language))) == (title, spoken, True, seals)
    assert (conforms("PDFUA-1", *files), conforms("PDFA-2A", *files)) == ([], [])


def facts(content: bytes) -> tuple[str, str, bool, set[str]]:
    """Title, language, whether it is tagged, and how the seal is described."""
    reader = PdfReader(BytesIO(content))
    root = reader.trailer["/Root"]
    texts = {
        found.get("/Alt")
        for number in range(1, reader.trailer["/Size"])
        if isinstance(found := reader.get_object(number), dict) and "/Alt" in found
    }
    seals = {text for text in texts if text.startswith(("Seal", "Sello"))}
    return reader.metadata.title, root["/Lang"], bool(root["/MarkInfo"]["/Marked"]), seals


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["PDFUA-1", "PDFA-2A"])
def test_untagged_file_fails(tmp_path, profile):
    from weasyprint import HTML

    file = tmp_path / "untagged.pdf"
    HTML(string="<p>Hello</p>").write_pdf(file)
    status, lines = verapdf(profile, file)
    assert (status, lines[0], len(lines) > 3) == (1, f"fails {file}", True)
