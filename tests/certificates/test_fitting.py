import pytest

from certificates import coverage, fitting
from tests.certificates.test_drawing import LONGEST


@pytest.mark.parametrize(
    "name, size, is_tall",
    [
        ("Li", 42, False),
        ("María José Núñez", 42, False),
        ("María José Núñez Ibáñez", 34, False),
        (LONGEST, 17, False),
        ("W" * 120, 14, False),
        ("王" * 120, 14, False),
        ("王小明", 42, False),
        ("فاطمة", 42, True),
    ],
)
def test_name_shrinks_with_its_length(name, size, is_tall):
    fitted = fitting.fitted(name)
    assert (fitted.size, fitted.is_tall) == (size, is_tall)


@pytest.mark.parametrize(
    "name, count",
    [("Ana", 1), ("Ana Ruiz", 1), ("M" * 30, 3), ("Ana Guadalupe-Hernández", 2), ("Ana " + "Ruiz" * 12, 4)],
)
def test_words_part_at_spaces_and_hyphens_before_they_are_broken(name, count):
    assert fitting.lines(fitting.measured(name, coverage.of(name).used), 42) == count


def test_letters_that_no_face_has_still_take_room():
    assert fitting.lines(fitting.measured("王" * 100, ()), 10) == 2
