import pytest

from support.numbers import whole


@pytest.mark.parametrize(
    "text, number",
    [
        *[("0", 0), ("007", 7), ("999", 999)],
        *[(text, None) for text in ("", "1000", "-1", "1.5", " 1", "٢", "²", "9" * 10_000)],
    ],
)
def test_only_few_plain_digits_are_a_number(text, number):
    """Rule: what an address or a form calls a number is never too long for a column, nor in another script."""
    assert whole(text, 3) == number
