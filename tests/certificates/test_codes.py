import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates import codes

CODES = st.builds(codes.new)
PLACES = st.integers(0, codes.LENGTH - 1)


def swapped(code: str, one: int, other: int) -> str:
    letters = list(code)
    letters[one], letters[other] = letters[other], letters[one]
    return "".join(letters)


@given(CODES)
def test_new_code_is_understood_as_shown(code):
    assert (codes.parse(codes.shown(code)), len(code)) == (code, 17)


@given(CODES, PLACES, st.sampled_from(codes.ALPHABET))
def test_one_wrong_letter_is_noticed(code, place, letter):
    wrong = code[:place] + letter + code[place + 1 :]
    assert codes.parse(wrong) == (code if wrong == code else None)


@given(CODES, PLACES, PLACES)
def test_two_swapped_letters_are_noticed(code, one, other):
    wrong = swapped(code, one, other)
    assert codes.parse(wrong) == (code if wrong == code else None)


@given(st.text(max_size=40))
def test_any_text_is_a_code_or_refused(text):
    parsed = codes.parse(text)
    assert parsed is None or (len(parsed) == 17 and set(parsed) <= set(codes.ALPHABET))


def test_shown_code_has_four_groups():
    assert codes.shown("ABCDEFGHJKLMNPQRS") == "ABCD-EFGH-JKLM-NPQRS"


@pytest.mark.parametrize("change", [str.lower, lambda shown: shown.replace("-", " "), lambda shown: f" {shown}\n"])
def test_case_and_separators_do_not_matter(change):
    code = codes.new()
    assert codes.parse(change(codes.shown(code))) == code


def test_dashes_of_a_word_processor_do_not_matter():
    code = codes.new()
    assert codes.parse(codes.shown(code).replace("-", "–")) == code


@pytest.mark.parametrize("letter", "01OIoi.ßÅ")
def test_letter_outside_the_alphabet_is_refused(letter):
    assert codes.parse("2" * 16 + letter) is None


def test_codes_do_not_repeat():
    assert len({codes.new() for _ in range(2000)}) == 2000
