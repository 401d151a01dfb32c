import pytest

from courses.pasting import holds_html, to_markdown, to_plain


@pytest.mark.parametrize(
    "text",
    [
        "<p class=MsoNormal>x</p>",
        "a<br>b",
        "<o:p></o:p>",
        "<!-- x -->",
        "<![endif]>",
        "<?xml x?>",
        "</div>",
        "<SCRIPT>",
    ],
)
def test_tags_comments_and_declarations_are_html(text):
    assert holds_html(text)


@pytest.mark.parametrize(
    "text", ["5 < 6 > 2", "<https://example.org>", "<help@example.org>", "a <- b", "> quoted", "**bold** <", "1<2"]
)
def test_signs_and_links_are_not(text):
    assert not holds_html(text)


def test_what_a_word_processor_writes_becomes_markdown():
    text = (
        "<!--[if gte mso 9]><xml>junk</xml><![endif]--><h2>Signs</h2><p class=MsoNormal><b>Look</b> and <i>listen</i>."
        "<o:p>&nbsp;</o:p></p><ul><li>one</li><li><a href='https://example.org/a_b'>two</a></li></ul>"
        "<style>p{color:red}</style><script>alert(1)</script>"
    )
    assert to_markdown(text) == "**Signs**\n\n**Look** and *listen*.\n\n- one\n- [two](https://example.org/a_b)"


def test_scripts_and_their_addresses_go_with_their_content():
    text = "<p>Look</p><script>alert(1)</script><a href='javascript:alert(1)'>here</a><img src=x onerror=alert(1)>"
    assert (to_markdown(text), to_plain(text)) == ("Look\n\nhere", "Look\n\nhere")


def test_words_in_the_shape_of_a_tag_are_found_again():
    assert holds_html(to_markdown("<p>&lt;script&gt;</p>"))


def test_plain_words_keep_their_signs():
    assert to_plain("<p>5 * 6 = 30_a</p><p>next</p>") == "5 * 6 = 30_a\n\nnext"


@pytest.mark.parametrize("tag", ["b", "div", "ul", "blockquote"])
def test_html_nested_without_end_becomes_its_words(tag):
    assert to_markdown(f"{f'<{tag}>' * 3000}a &lt; b") == to_plain(f"{f'<{tag}>' * 3000}a &lt; b") == "a < b"


def test_html_longer_than_any_page_is_left_alone():
    text = "<p>a</p>" * 20_000
    assert (to_markdown(text), to_plain(text)) == (text, text)
