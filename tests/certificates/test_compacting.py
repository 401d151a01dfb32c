"""A small file, in which every letter of a name is really drawn."""

import subprocess
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from certificates import drawing
from tests.certificates.factories import sample

LARGEST = 40_000  # bytes; a signature adds five thousand
NAMES = {
    "chinese": "王小明",
    "japanese": "さくら 花子",
    "korean": "김민수",
    "mixed": "Nguyễn 李小龍",
    "latin": "Ana Ruiz",
}
# Where the name stands, in points from the upper left corner: above the golden line, beside nothing else.
LEFT, TOP, WIDTH, HEIGHT = 70, 175, 460, 60


def ink(pdf: bytes, folder) -> int:
    """How many dark points poppler draws where the name stands, at one a point."""
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    place = ["-x", LEFT, "-y", TOP, "-W", WIDTH, "-H", HEIGHT]
    command = ["pdftoppm", "-r", "72", "-gray", *map(str, place), file]
    picture = subprocess.run(command, capture_output=True, check=True).stdout
    return sum(point < 100 for point in picture[-WIDTH * HEIGHT :])


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_name_is_drawn_letter_by_letter_in_a_small_file(name, tmp_path):
    pdf = drawing.draw(sample(name), "en")
    assert len(pdf) < LARGEST
    assert ink(pdf, tmp_path) > 60 * len(name)


def test_fonts_hold_only_what_draws():
    reader = PdfReader(BytesIO(drawing.draw(sample("Ana Ruiz"), "both")))
    objects = [reader.get_object(number) for number in range(1, reader.trailer["/Size"])]
    descriptors = [item for item in objects if isinstance(item, dict) and "/FontFile2" in item]
    files = [descriptor["/FontFile2"] for descriptor in descriptors]
    assert [set(TTFont(BytesIO(file.get_data())).reader.keys()) for file in files] == [
        {"glyf", "head", "hhea", "hmtx", "loca", "maxp"}
    ] * 3
    assert [file["/Length1"] for file in files] == [len(file.get_data()) for file in files]
