"""HTML where Markdown is meant, as it comes out of a word processor: found, and turned into Markdown. Pure."""

import re
from html import unescape

import nh3
from markdownify import markdownify

from courses.freshness import tidy

# Longer than any page of a word processor that becomes one text; reading HTML takes longer than it is long.
LONGEST = 100_000
# A tag, a comment or a declaration; "a < b" and links in angle brackets, <https://…>, are none.
_TAG = re.compile(r"</?[a-zA-Z][\w:-]*(?:\s[^<>]*)?/?>|<!(?:--|\[|[a-zA-Z])|<\?[a-zA-Z]")
_KEPT = {
    "p",
    "strong",
    "b",
    "em",
    "i",
    "ul",
    "ol",
    "li",
    "a",
    "blockquote",
    "br",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
}


def holds_html(text: str) -> bool:
    return bool(_TAG.search(text))


def to_markdown(text: str) -> str:
    """The words with the formatting that Markdown has; scripts, styles and comments go with their content.

    What is longer than LONGEST stays as it is.
    """
    if len(text) > LONGEST:
        return text
    html = nh3.clean(text, tags=_KEPT, attributes={"a": {"href"}}, url_schemes={"https", "tel"}, link_rel=None)
    markdown = _converted(html, bullets="-", strong_em_symbol="*", heading_style="atx", escape_underscores=False)
    markdown = re.sub(r"(?<=\S)[ \xa0]{2,}(?=\S)", " ", _without_headings(markdown))
    return tidy(re.sub(r"\n{3,}", "\n\n", markdown))


def _converted(html: str, **options: str | bool) -> str:
    """As Markdown; the words alone of what is nested deeper than anybody writes."""
    try:
        return markdownify(html, **options)
    except RecursionError:
        return unescape(nh3.clean(html, tags=set()))


def _without_headings(markdown: str) -> str:
    """A block has its heading apart from its text."""
    return re.sub(r"^#{1,6} +(.+)$", r"**\1**", markdown, flags=re.MULTILINE)


def to_plain(text: str) -> str:
    """The words alone; what is longer than LONGEST stays as it is."""
    if len(text) > LONGEST:
        return text
    html = nh3.clean(text, tags={"p", "br", "div"}, attributes={})
    words = _converted(html, escape_asterisks=False, escape_underscores=False, escape_misc=False)
    return tidy(re.sub(r"\n{3,}", "\n\n", words))
