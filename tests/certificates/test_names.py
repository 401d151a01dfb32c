import pytest

from certificates import names
from certificates.names import NameRefused, Problem


@pytest.mark.parametrize(
    "name",
    [
        "Li",
        "María José Núñez-Ibáñez de la O",
        "Zoë O’Connor Łukasiewicz",
        "Nguyễn Thị Minh Khai",
        "Ẹ̀kọ́ Ọlá",
        "Олександра Шевченко",
        "Ελευθερία Παπαδοπούλου",
        "فاطمة الزهراء",
        "نیک\u200cبخت",
        "שרה כהן־לוי",
        "王小明",
        "山田はなこ",
        "김민수",
        "प्रियंका शर्मा",
        "M" * 120,
    ],
)
def test_name_is_accepted(name):
    assert names.accepted(name) == names.tidy(name)


def test_name_is_composed_and_its_spaces_collapsed():
    assert names.accepted("  Jose\u0301 \t Mun\u0303oz\u00a0\u2003Paz ") == "José Muñoz Paz"


@pytest.mark.parametrize(
    "name, problem",
    [
        ("", Problem.SHORT),
        (" A ", Problem.SHORT),
        ("A" * 121, Problem.LONG),
        ("Ana\u202eziuR", Problem.INVISIBLE),
        ("Ana\u2067Ruiz", Problem.INVISIBLE),
        ("Ana\u200bRuiz", Problem.INVISIBLE),
        ("Ana\u0007Ruiz", Problem.INVISIBLE),
        ("Ana\ue000Ruiz", Problem.INVISIBLE),
        ("- . '", Problem.NO_LETTER),
        ("12345", Problem.NO_LETTER),
        ("Ana 😀", Problem.UNPRINTABLE),
    ],
)
def test_name_is_refused(name, problem):
    with pytest.raises(NameRefused) as refusal:
        names.accepted(name)
    assert refusal.value.problem == problem


def test_refusal_names_each_unprintable_letter_once():
    with pytest.raises(NameRefused) as refusal:
        names.accepted("Ana 😀𓀀😀")
    assert refusal.value.letters == "😀𓀀"
