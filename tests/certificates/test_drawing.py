import re
import subprocess
import unicodedata
from collections import Counter
from datetime import date
from io import BytesIO
from itertools import combinations
from typing import NamedTuple

import pytest
from django.template.loader import render_to_string
from pypdf import PdfReader

from certificates import drawing, paper
from certificates.document import License
from courses.choices import CreditType
from tests.certificates.factories import sample, sample_credit

LONGEST = (
    "Maximiliana Alejandra Guadalupe Hernández-Villavicencio de los Ángeles y Montes de Oca "
    "Fernández-Etcheverría Ortiz Peñas"
)
# Marks of direction that Poppler adds around right-to-left text.
DIRECTION = dict.fromkeys(map(ord, "\u202a\u202b\u202c"))


def text_of(content: bytes, *options: str) -> str:
    command = ["pdftotext", *options, "-", "-"]
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()


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


@pytest.mark.parametrize("language", ["en", "es", "both"])
def test_certificate_is_small(language):
    # A signature adds seven thousand.
    assert len(drawing.draw(everything("María José Núñez Ibáñez"), language)) < 38_000


@pytest.mark.parametrize("language", ["en", "es", "both"])
@pytest.mark.parametrize("name", ["Ana Ruiz", LONGEST])
@pytest.mark.parametrize("words", [1, 3, 1000])
def test_words_of_any_length_touch_nothing(words, name, language):
    assert clashes(drawing.draw(everything(name, words), language)) == []


@pytest.mark.parametrize("name", ["W" * 120, "王" * 120, "ကျော်" * 24, "श्री" * 30, "نیک\u200cبخت " * 13])
def test_names_of_any_script_touch_nothing(name):
    assert clashes(drawing.draw(everything(name, 1000), "both")) == []


def everything(name: str, words: int = 3):
    """All that a paper can say, each text as long as so many words or as its column allows."""

    def text(start: str, most: int) -> dict[str, str]:
        return {
            language: f"{start} {language} {'accredited training ' * words}"[:most].strip() for language in ("en", "es")
        }

    credit = sample_credit(
        type=CreditType.ACPE,
        amount="1.25",
        provider=text("Provider", 200),
        provider_address=text("Street", 300)["en"],
        provider_number=text("P-0000", 80)["en"],
        activity_number=text("JA0000000", 80)["en"],
        format=text("Online", 120),
        statement=text("Statement", 500),
        extra=text("Level", 300),
        signatory=text("Doctor", 120)["en"],
        signatory_role=text("Director", 160),
    )
    facts = {"title": text("Module", 200), "setting_name": text("Clinic", 120), "credit": credit}
    certificate = sample(name, license=License(number="RN-884213-" * 4, state="TX"), **facts)
    certificate.expires_on = date(2028, 11, 22)
    return certificate


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float
    word: str

    def clashes_with(self, other: "Box") -> bool:
        # A word's box is as high as its font, which is a little more than its line.
        height = min(self.bottom - self.top, other.bottom - other.top)
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 0.5 and down > 0.3 * height

    def strays(self) -> bool:
        """Into the border, or from its column into the next."""
        right = 538 if self.left < 560 else 722
        return self.left < 71 or self.top < 60 or self.right > right or self.bottom > 553


def clashes(content: bytes) -> list:
    assert len(PdfReader(BytesIO(content)).pages) == 1
    found = re.findall(
        r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.+?)</word>', text_of(content, "-bbox")
    )
    boxes = [Box(*map(float, place), word) for *place, word in found]
    touching = [(one.word, other.word) for one, other in combinations(boxes, 2) if one.clashes_with(other)]
    return touching + [box for box in boxes if box.strays()]
