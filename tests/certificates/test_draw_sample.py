from io import BytesIO

import pytest
from django.core.management import call_command
from pypdf import PdfReader

from certificates.names import NameRefused


def test_sample_is_drawn_in_a_language(tmp_path):
    out = tmp_path / "sample.pdf"
    call_command("draw_sample", str(out), name="Nguyễn Thị", language="es")
    assert PdfReader(BytesIO(out.read_bytes())).metadata.title == "Certificado de finalización de Nguyễn Thị"


def test_sample_with_a_name_that_cannot_be_printed_is_refused(tmp_path):
    with pytest.raises(NameRefused):
        call_command("draw_sample", str(tmp_path / "sample.pdf"), name="😀😀 Ana")
