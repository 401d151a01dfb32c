import pytest

from certificates import coverage, faces


@pytest.fixture
def no_system_fonts(monkeypatch):
    monkeypatch.setattr(faces, "SYSTEM", ())
    faces.path.cache_clear()
    coverage._glyphs.cache_clear()
    yield
    faces.path.cache_clear()
    coverage._glyphs.cache_clear()


def families(name: str) -> tuple[list[str], str]:
    used, missing = coverage.of(name)
    return [face.family for face in used], missing


@pytest.mark.parametrize(
    "name, expected",
    [
        ("María", ["Merriweather Latin"]),
        ("Łukasz", ["Merriweather Latin", "Merriweather Latin Extended"]),
        ("Nguyễn", ["Merriweather Latin", "Merriweather Vietnamese"]),
        ("Олена", ["Merriweather Cyrillic"]),
        ("Ελένη", ["Noto Serif"]),
        ("Ẹ̀kọ́", ["Noto Serif"]),
        ("فاطمة", ["Noto Naskh Arabic"]),
        ("שרה", ["Noto Serif Hebrew"]),
        ("王小明", ["Noto Serif CJK SC"]),
        ("山田はなこ", ["Noto Serif CJK JP"]),
        ("김민수", ["Noto Serif CJK KR"]),
    ],
)
def test_faces_follow_from_the_letters(name, expected):
    assert families(name) == (expected, "")


def test_without_system_fonts_other_scripts_are_missing(no_system_fonts):
    assert families("Олена 王") == (["Merriweather Latin", "Merriweather Cyrillic"], "王")


def test_joiners_need_no_glyph():
    assert coverage.of("\u200c\u200d") == ((), "")


def test_every_packaged_face_is_there():
    assert [face.file for face in faces.PACKAGED_FACES if not (faces.PACKAGED / face.file).is_file()] == []
