from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.markdown import render, render_citation

ALLOWED = {"p", "strong", "em", "ul", "ol", "li", "a", "blockquote", "br", "code"}

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](&#x6A;avascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "[x](http://plain.example)",
    "[x](ftp://files.example)",
    "<javascript:alert(1)>",
    '<https://a.example/"onmouseover=alert(1)>',
    '[x](https://a.example "onmouseover=alert(1)")',
    '[x](https://a.example/"onmouseover="alert(1))',
    "![x](https://evil.example/pixel.gif)",
    "![x][r]\n\n[r]: https://evil.example/pixel.gif",
    "[x][r]\n\n[r]: javascript:alert(1)",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "```html\n<script>alert(1)</script>\n```",
    "<iframe src=https://evil.example></iframe>",
    "<style>*{display:none}</style>",
    "<p style='position:fixed'>x</p>",
    "<!-- --><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "# heading\n\nheading\n===\n\n---",
]


class Elements(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.found.append((tag, dict(attrs)))


def dangers(html: str) -> list:
    return [element for element in Elements(html).found if _is_dangerous(*element)]


def _is_dangerous(tag: str, attributes: dict) -> bool:
    href = attributes.get("href", "https://")
    sound = href.startswith(("https://", "tel:")) or ":" not in href.split("/")[0]
    return tag not in ALLOWED or not attributes.keys() <= {"href", "rel", "start", "title"} or not sound


@pytest.mark.parametrize("attack", ATTACKS)
def test_attack_leaves_only_plain_elements(attack):
    assert dangers(render(attack)) == []


@given(st.lists(st.sampled_from([*ATTACKS, "[", "](", ")", "<", ">", "`", "*", "\n", "\n\n", " "]), max_size=6))
def test_attacks_in_pieces_leave_only_plain_elements(pieces):
    assert dangers(render("".join(pieces))) == []


@pytest.mark.parametrize(
    "markdown, html",
    [
        ("**Stop** and *look*", "<p><strong>Stop</strong> and <em>look</em></p>"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("3. three", '<ol start="3">\n<li>three</li>\n</ol>'),
        ("> quoted", "<blockquote>\n<p>quoted</p>\n</blockquote>"),
        ("[law](https://law.example)", '<p><a href="https://law.example" rel="noopener noreferrer">law</a></p>'),
        ("[911](tel:911)", '<p><a href="tel:911" rel="noopener noreferrer">911</a></p>'),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        ("# not a heading", "<p># not a heading</p>"),
        ("¿Qué?  \nSí & no", "<p>¿Qué?<br>\nSí &amp; no</p>"),
        ("", ""),
    ],
)
def test_markdown_becomes_exactly_this(markdown, html):
    assert render(markdown) == html


@pytest.mark.parametrize("attack", ATTACKS)
def test_attack_in_a_citation_leaves_only_titles(attack):
    assert {tag for tag, _attributes in Elements(render_citation(attack)).found} <= {"cite"}


def test_citation_marks_its_title_as_english():
    assert render_citation("Autoría. *The Title & More* (2024)") == (
        'Autoría. <cite lang="en">The Title &amp; More</cite> (2024)'
    )
