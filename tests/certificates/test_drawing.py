import re
import subprocess
import unicodedata
from io import BytesIO
from itertools import pairwise

import pytest
from pypdf import PdfReader

from certificates import drawing
from tests.certificates.factories import sample

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


def boxes(content: bytes) -> dict[str, tuple[float, float, float, float]]:
    """Left, top, right and bottom of each word, in points; of the last one where a word comes twice."""
    found = re.findall(
        r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.+?)</word>', text_of(content, "-bbox")
    )
    return {word: tuple(map(float, place)) for *place, word in found}


def test_english_certificate_says_its_facts():
    text = " ".join(text_of(drawing.draw(sample("Ana Ruiz")), "-raw").split())
    assert text == (
        "SOAR Online Certificate of completion Awarded to Ana Ruiz for completing the online, self-paced module "
        "title (English) Professional setting: setting_name (English) Edition 3 · 50 minutes Completed on "
        "November 22, 2026 Issued on November 22, 2026 Credit None: demonstration Verification code 7K3M-PQ9X- "
        "AB2C-D4EFG Verify this certificate at localhost:8000/verify Provider provider (English) statement (English)"
    )


def test_spanish_certificate_says_its_facts():
    text = " ".join(text_of(drawing.draw(sample("Ana Ruiz", "es", minutes=1)), "-raw").split())
    assert text == (
        "SOAR Online Certificado de finalización Se otorga a Ana Ruiz por completar el módulo en línea, a su propio "
        "ritmo title (español) Entorno profesional: setting_name (español) Edición 3 · 1 minuto Fecha de finalización "
        "22 de noviembre de 2026 Fecha de emisión 22 de noviembre de 2026 Crédito Ninguno: demostración Código de "
        "verificación 7K3M-PQ9X- AB2C-D4EFG Verifique este certificado en localhost:8000/verify Proveedor provider "
        "(español) statement (español)"
    )


def test_without_demonstration_credit_is_plainly_none():
    assert "demonstration" not in words_of(drawing.draw(sample("Ana Ruiz", demonstration=False)))


@pytest.mark.parametrize(
    "locale, title",
    [("en", "Certificate of completion for Ana Ruiz"), ("es", "Certificado de finalización de Ana Ruiz")],
)
def test_file_is_tagged_with_title_and_language(locale, title):
    reader = PdfReader(BytesIO(drawing.draw(sample("Ana Ruiz", locale))))
    root = reader.trailer["/Root"]
    assert (len(reader.pages), reader.metadata.title, root["/Lang"], root["/MarkInfo"]["/Marked"]) == (
        1,
        title,
        locale,
        True,
    )


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
    found = {unicodedata.normalize("NFC", word) for word in words_of(drawing.draw(sample(name, locale)))}
    assert wanted - found == set()


def test_certificate_drawn_again_gives_the_same_bytes():
    certificate = sample("王小明")
    assert drawing.draw(certificate) == drawing.draw(certificate)


def test_certificate_is_small():
    assert len(drawing.draw(sample("María José Núñez Ibáñez"))) < 60_000


@pytest.mark.parametrize("name", ["Ana Ruiz", LONGEST, "W" * 120, "王" * 120, "ကျော်" * 24, "श्री" * 30])
@pytest.mark.parametrize("repeated", [1, 14])
def test_words_of_any_length_touch_nothing(name, repeated):
    certificate = sample(
        name,
        title="MODULE " + "of a module " * repeated,
        setting_name="setting " * repeated,
        provider="PROVIDER",
        statement="STATEMENT " + "of the provider " * 2 * repeated + "END",
    )
    places = boxes(drawing.draw(certificate))
    lefts, tops, rights, bottoms = zip(*places.values(), strict=True)
    order = ["Certificate", "Awarded", "for", "MODULE", "Edition", "PROVIDER", "STATEMENT"]
    gaps = [places[below][1] - places[above][3] for above, below in pairwise(order)]
    assert min(gaps) > -4
    assert (min(lefts) >= 74, min(tops) >= 66, max(rights) <= 730, max(bottoms) <= 548) == (True,) * 4


def test_qr_code_opens_the_verification(settings, monkeypatch):
    settings.SITE_URL = "https://training.example.org"
    asked = []
    monkeypatch.setattr(drawing, "_qr", asked.append)
    drawing.context(sample("Ana"))
    assert asked == ["https://training.example.org/verify/7K3MPQ9XAB2CD4EFG"]
