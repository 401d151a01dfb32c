"""Every template in both languages against PDF/UA-1, with names in many scripts, by the engine of veraPDF."""

import subprocess

import pytest
from django.conf import settings

from certificates import drawing
from tests.certificates.factories import sample
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


def verapdf(*files) -> tuple[int, list[str]]:
    command = [settings.BASE_DIR / "script" / "verapdf", "PDFUA-1", *files]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode != 2, result.stderr
    return result.returncode, result.stdout.splitlines()


@pytest.mark.slow
def test_certificates_conform_to_pdf_ua(tmp_path):
    files = []
    for locale in ("en", "es"):
        for script, name in NAMES.items():
            files.append(tmp_path / f"{locale}-{script}.pdf")
            files[-1].write_bytes(drawing.draw(sample(name, locale)))
    assert verapdf(*files) == (0, [f"conforms {file}" for file in files])


@pytest.mark.slow
def test_untagged_file_fails(tmp_path):
    from weasyprint import HTML

    file = tmp_path / "untagged.pdf"
    HTML(string="<p>Hello</p>").write_pdf(file)
    status, lines = verapdf(file)
    assert (status, lines[0], len(lines) > 3) == (1, f"fails {file}", True)
