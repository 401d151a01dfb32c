from io import BytesIO

import pytest
from django.core.management import call_command
from pypdf import PdfReader

from certificates.management.commands import draw_sample
from certificates.names import NameRefused


def test_sample_is_drawn_on_the_paper_asked_for(tmp_path):
    out = tmp_path / "sample.pdf"
    call_command("draw_sample", str(out), name="Nguyễn Thị", paper="es")
    assert PdfReader(BytesIO(out.read_bytes())).metadata.title == "Certificado de finalización de Nguyễn Thị"


def test_sample_with_a_name_that_cannot_be_printed_is_refused(tmp_path):
    with pytest.raises(NameRefused):
        call_command("draw_sample", str(tmp_path / "sample.pdf"), name="😀😀 Ana")


def test_all_draws_each_hard_name_on_each_paper(tmp_path, monkeypatch):
    monkeypatch.setattr(draw_sample, "HARD_NAMES", {"short": "Li", "arabic": "فاطمة"})
    call_command("draw_sample", str(tmp_path / "set"), all=True)
    names = ["arabic-both.pdf", "arabic-en.pdf", "arabic-es.pdf", "short-both.pdf", "short-en.pdf", "short-es.pdf"]
    assert sorted(file.name for file in (tmp_path / "set").iterdir()) == names
