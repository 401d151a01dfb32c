import pytest

from certificates import coverage, fitting
from tests.certificates.test_drawing import LONGEST


@pytest.mark.parametrize(
    "name, size",
    [
        ("Li", 42),
        ("María José Núñez", 42),
        ("María José Núñez Ibáñez", 34),
        (LONGEST, 17),
        ("W" * 120, 14),
        ("王" * 120, 14),
        ("王小明", 42),
    ],
)
def test_name_shrinks_with_its_length(name, size):
    assert fitting.size(name) == size


@pytest.mark.parametrize(
    "name, count",
    [("Ana", 1), ("Ana Ruiz", 1), ("M" * 30, 3), ("Ana Guadalupe-Hernández", 2), ("Ana " + "Ruiz" * 12, 4)],
)
def test_words_part_at_spaces_and_hyphens_before_they_are_broken(name, count):
    assert fitting.lines(name, 42, coverage.of(name).used) == count
