import unicodedata
from collections import Counter
from datetime import date
from io import BytesIO

import pytest
from django.template.loader import render_to_string
from pypdf import PdfReader

from certificates import drawing, paper
from certificates.document import License
from courses.choices import CreditType
from tests.certificates.factories import sample, sample_credit
from tests.certificates.reading import looks, pieces_of, text_of

LONGEST = (
    "Maximiliana Alejandra Guadalupe Hernández-Villavicencio de los Ángeles y Montes de Oca "
    "Fernández-Etcheverría Ortiz Peñas"
)
# Marks of direction that Poppler adds around right-to-left text.
DIRECTION = dict.fromkeys(map(ord, "\u202a\u202b\u202c"))


def words_of(content: bytes) -> set[str]:
    return set(text_of(content, "-raw").translate(DIRECTION).split())


def test_english_certificate_says_its_facts():
    text = " ".join(text_of(drawing.draw(sample("Ana Ruiz"), "en"), "-raw").split())
    assert text == (
        "SOAR Online Certificate of completion Awarded to Ana Ruiz for completing the module title (English) "
        "Professional setting: setting_name (English) format (English) · Edition 3 · 50 minutes "
        "Completed on November 22, 2026 Issued on November 22, 2026 Credit None: demonstration "
        "Verification code 7K3M-PQ9X- AB2C-D4EFG Verify this certificate at localhost:8000/verify "
        "Provider provider (English) statement (English) "
        "Demonstration: this certificate gives no real continuing education credit."
    )


def test_spanish_certificate_says_its_facts():
    text = " ".join(text_of(drawing.draw(sample("Ana Ruiz", "es", minutes=1), "es"), "-raw").split())
    assert text == (
        "SOAR Online Certificado de finalización Se otorga a Ana Ruiz por completar el módulo title (español) "
        "Entorno profesional: setting_name (español) format (español) · Edición 3 · 1 minuto "
        "Fecha de finalización 22 de noviembre de 2026 Fecha de emisión 22 de noviembre de 2026 "
        "Crédito Ninguno: demostración Código de verificación 7K3M-PQ9X- AB2C-D4EFG "
        "Verifique este certificado en localhost:8000/verify Proveedor provider (español) statement (español) "
        "Demostración: este certificado no otorga créditos reales de educación continua."
    )


def test_without_demonstration_nothing_speaks_of_it():
    assert "demonstration" not in text_of(drawing.draw(sample("Ana Ruiz", demonstration=False), "en")).lower()


@pytest.mark.parametrize(
    "language, first, title",
    [
        ("en", "en", "Certificate of completion for Ana Ruiz"),
        ("es", "es", "Certificado de finalización de Ana Ruiz"),
        ("both", "en", "Certificate of completion for Ana Ruiz"),
    ],
)
def test_file_is_tagged_with_title_and_language(language, first, title):
    reader = PdfReader(BytesIO(drawing.draw(sample("Ana Ruiz"), language)))
    root = reader.trailer["/Root"]
    found = (len(reader.pages), reader.metadata.title, root["/Lang"], root["/MarkInfo"]["/Marked"])
    assert found == (1, title, first, True)


def test_parts_in_the_other_language_are_tagged_with_it():
    certificate = sample("Ana Ruiz")
    written = render_to_string("certificates/paper_body.html", paper.page(certificate, "both"))
    reader = PdfReader(BytesIO(drawing.draw(certificate, "both")))
    parts = [reader.get_object(number) for number in range(1, reader.trailer["/Size"] - 1)]
    languages = Counter(part["/Lang"] for part in parts if isinstance(part, dict) and "/S" in part and "/Lang" in part)
    # Words that part at the end of a line are two parts.
    assert (languages["en"], languages["es"] >= written.count('lang="es"') > 10) == (1, True)


@pytest.mark.parametrize("locale", ["en", "es"])
@pytest.mark.parametrize(
    "name",
    [
        LONGEST,
        "فاطمة الزهراء محمد",
        "שרה כהן",
        "王小明",
        "山田はなこ",
        "김민수",
        "Nguyễn Thị Minh Khai",
        "Ελευθερία Παπαδοπούλου",
        "Олександра Шевченко",
        "Ẹ̀kọ́ Ọlá",
    ],
)
def test_name_can_be_read_back(name, locale):
    wanted = set(unicodedata.normalize("NFC", name.replace("-V", "- V")).split())
    found = {unicodedata.normalize("NFC", word) for word in words_of(drawing.draw(sample(name, locale), locale))}
    assert wanted - found == set()


def test_certificate_drawn_again_gives_the_same_bytes():
    certificate = sample("王小明")
    assert drawing.draw(certificate, "both") == drawing.draw(certificate, "both")


@pytest.mark.parametrize("kind, most", [(CreditType.ACPE, 35_000), (CreditType.AMA_PRA_1, 40_000)])
@pytest.mark.parametrize("language", ["en", "es", "both"])
def test_certificate_is_small(language, kind, most):
    # A signature adds five thousand. Italics are two fonts more.
    statement = dict.fromkeys(("en", "es"), "Up to {credit}, where it is claimed.")
    certificate = everything("María José Núñez Ibáñez", type=kind, statement=statement)
    assert len(drawing.draw(certificate, language)) < most


@pytest.mark.parametrize("language", ["en", "es", "both"])
def test_registered_mark_is_set_in_italics(language):
    statement = dict.fromkeys(("en", "es"), "{credit} & <i>no more</i>")
    credit = sample_credit(type=CreditType.AMA_PRA_1, amount="1.25", statement=statement)
    title = {"en": "On AMA PRA Category 1 Credit", "es": "Sobre AMA PRA Category 1 Credit"}
    pieces = pieces_of(drawing.draw(sample("Ana Ruiz", credit=credit, title=title), language))
    assert {(piece.text, piece.font) for piece in pieces if "Italic" in piece.font} == {
        ("AMA PRA Category 1 Credit", "Merriweather-Latin-Bold-Italic"),
        ("AMA PRA Category 1", "Public-Sans-Latin-Bold-Italic"),
        ("Credits", "Public-Sans-Latin-Bold-Italic"),
        ("™", "Public-Sans-Latin-Bold-Italic"),
        ("AMA PRA Category 1 Credits", "Public-Sans-Latin-Italic"),
        ("™", "Public-Sans-Latin-Italic"),
    }


def test_papers_without_a_registered_mark_hold_no_italics():
    assert {piece.font for piece in pieces_of(drawing.draw(everything("Ana Ruiz"), "both"))} == {
        "Merriweather-Latin-Bold",
        "Public-Sans-Latin",
        "Public-Sans-Latin-Bold",
    }


@pytest.mark.parametrize("language", ["en", "es", "both"])
@pytest.mark.parametrize("name", ["Ana Ruiz", LONGEST])
@pytest.mark.parametrize("words", [1, 3, 1000])
def test_words_of_any_length_touch_nothing_and_can_be_read(words, name, language):
    assert looks(drawing.draw(everything(name, words), language)) == ([], True)


@pytest.mark.parametrize("name", ["W" * 120, "王" * 120, "ကျော်" * 24, "श्री" * 30, "نیک\u200cبخت " * 13])
def test_names_of_any_script_touch_nothing_and_can_be_read(name):
    assert looks(drawing.draw(everything(name, 1000), "both")) == ([], True)


def test_longest_words_in_capitals_touch_nothing_and_can_be_read():
    assert looks(drawing.draw(everything(LONGEST, 1000, "ACCREDITED TRAINING "), "both")) == ([], True)


def everything(name: str, words: int = 3, training: str = "accredited training ", **fields):
    """All that a paper can say, each text as long as so many words or as its column allows."""

    def text(start: str, most: int) -> dict[str, str]:
        return {language: f"{start} {language} {training * words}"[:most].strip() for language in ("en", "es")}

    values = {
        "type": CreditType.ACPE,
        "amount": "1.25",
        "provider": text("Provider", 200),
        "provider_address": text("Street", 300)["en"],
        "provider_number": text("P-0000", 80)["en"],
        "activity_number": text("JA0000000", 80)["en"],
        "format": text("Online", 120),
        "statement": text("Statement", 500),
        "extra": text("Level", 300),
        "signatory": text("Doctor", 120)["en"],
        "signatory_role": text("Director", 160),
    }
    credit = sample_credit(**values | fields)
    facts = {"title": text("Module", 200), "setting_name": text("Clinic", 120), "credit": credit}
    certificate = sample(name, license=License(number="RN-884213-" * 4, state="TX"), **facts)
    certificate.expires_on = date(2028, 11, 22)
    return certificate
