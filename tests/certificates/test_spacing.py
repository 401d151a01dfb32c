import re
from pathlib import Path

import pytest

import certificates
from certificates import paper, spacing
from tests.certificates.factories import sample, sample_credit

STYLES = (Path(certificates.__file__).parent / "assets" / "paper.css").read_text()


def fit_of(language: str = "en", **credit) -> spacing.Fit:
    return paper.page(sample("Ana Ruiz", credit=sample_credit(**credit)), language)["fit"]


def both(text: str) -> dict[str, str]:
    return {"en": f"{text} en", "es": f"{text} es"}


def test_styles_have_the_sizes_that_are_chosen_among():
    found = re.findall(r"\.paper-fit-\d \{(.+?)\}", STYLES)
    written = [tuple(map(float, re.findall(r": ([\d.]+)", sizes))) for sizes in found]
    assert written == [tuple(sizes) for sizes in spacing.FITS]


def test_no_size_grows_where_less_has_room():
    for larger, smaller in zip(spacing.FITS, spacing.FITS[1:], strict=False):
        assert all(one > other for one, other in zip(larger, smaller, strict=True))


@pytest.mark.parametrize("language", ["en", "es", "both"])
def test_little_is_said_in_the_largest_type(language):
    assert fit_of(language) == (0, 0)


def test_much_in_one_column_leaves_the_other_as_it_is():
    fit = fit_of("both", statement=both("accredited " * 44), extra=both("level " * 50))
    assert (fit.words > 0, fit.side) == (True, 0)


def test_type_shrinks_as_more_is_said():
    fits = [fit_of("both", statement=both("accredited " * words)).words for words in (1, 15, 30, 44)]
    assert (fits == sorted(fits), fits[0] < fits[-1]) == (True, True)


def test_more_than_any_paper_holds_is_said_in_the_smallest():
    assert fit_of(statement=both("accredited " * 5000)).words == len(spacing.FITS) - 1
