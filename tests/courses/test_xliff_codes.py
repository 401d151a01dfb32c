from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.choices import Style
from courses.exchange.inline_codes import Code, Role, codes_of, join, split

MARKUP = st.sampled_from(
    [
        *"*_`[]()<>\\&;{}%.- \n\r\t\x0b1",
        "**",
        "](https://e.org)",
        "\n- ",
        "\n\n",
        "{name}",
        "%(n)s",
        "&amp;",
        "\u00e1",
        "word",
    ]
)
# No database keeps the character 0.
LETTERS = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
TEXTS = st.lists(MARKUP | st.text(LETTERS, max_size=4), max_size=25).map("".join)


@given(TEXTS, st.sampled_from(Style))
def test_split_and_joined_text_is_the_same_whatever_it_holds(text: str, style: Style) -> None:
    assert join(split(text, style)) == text


@given(TEXTS)
def test_codes_that_open_and_close_are_nested(text: str) -> None:
    depth = 0
    for run in split(text, Style.MARKDOWN):
        if isinstance(run, Code):
            depth += {Role.OPENS: 1, Role.CLOSES: -1, Role.ALONE: 0}[run.role]
        assert depth >= 0
    assert depth == 0


def test_markdown_is_taken_apart_into_words_and_codes() -> None:
    text = "Say **two *words*** to {name}:\n\n1. [here](https://e.org/a_(b))\n2. %(n)s `x*`"
    assert split(text, Style.MARKDOWN)[:6] == [
        "Say ",
        Code("**", "emphasis"),
        "two ",
        Code("*", "emphasis"),
        "words",
        Code("***", "emphasis"),
    ]
    assert split("**a** [b](https://e.org/a_(b))", Style.MARKDOWN) == [
        Code("**", "emphasis", Role.OPENS),
        "a",
        Code("**", "emphasis", Role.CLOSES),
        " ",
        Code("[", "opening", Role.OPENS),
        "b",
        Code("](https://e.org/a_(b))", "closing", Role.CLOSES),
    ]
    assert codes_of(text, Style.MARKDOWN) == Counter(
        ["**", "*", "***", "{name}", "\n\n1. ", "[", "](https://e.org/a_(b))", "\n2. ", "%(n)s", "`x*`"]
    )


@pytest.mark.parametrize("style", [Style.LINE, Style.PLAIN])
def test_plain_texts_protect_placeholders_and_line_breaks_only(style: Style) -> None:
    assert codes_of("5 * 3 _is_ {number}\nlines %(n)s [x](y)", style) == Counter(["{number}", "\n", "%(n)s"])


def test_line_that_is_merely_wrapped_in_markdown_holds_no_code() -> None:
    assert codes_of("one **two\nthree** four\nfive", Style.MARKDOWN) == Counter(["**", "**"])
    assert split("**two\nthree**", Style.MARKDOWN)[0] == Code("**", "emphasis", Role.OPENS)


def test_emphasis_never_pairs_across_paragraphs() -> None:
    assert {run.role for run in split("a * b\n\nc * d", Style.MARKDOWN) if isinstance(run, Code)} == {Role.ALONE}


@pytest.mark.parametrize("piece", [" ", "[", "](", "`", "*", "{a", "\n ", "> ", "%(a", "&a", "<https://a", "1"])
def test_text_made_to_be_slow_is_split_in_one_go(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert join(split(text, Style.MARKDOWN)) == text
