"""Words that somebody means harm with. Whatever of them becomes an element or an attribute carries the name `evil`."""

import re

PAYLOADS = [
    "<script evil>alert(1)</script>",
    '"><img src=x onerror=alert(1) evil>',
    "'><svg/onload=alert(1) evil>",
    '" onfocus=alert(1) autofocus evil="',
    "' onmouseover=alert(1) evil='",
    "[press](javascript:alert(1))",
    "[press](<java\tscript:alert(1)>)",
    "[press](data:text/html;base64,ZXZpbA==)",
    "![x](https://evil.example/x.png)",
    '<https://evil.example/"onmouseover=alert(1)>',
    "</title><script evil>alert(1)</script>",
    "</textarea><script evil>alert(1)</script>",
    "</script></style><script evil>alert(1)</script>",
    "<iframe src=//evil.example evil></iframe>",
    "<a href='data:text/html,<script>alert(1)</script>' evil>x</a>",
    "<form action=//evil.example evil><button formaction=javascript:alert(1)>x</button></form>",
    "<object data=//evil.example evil></object><embed src=//evil.example evil>",
    "<meta http-equiv=refresh content='0;url=//evil.example' evil>",
    "<style evil>*{display:none}</style><base href=//evil.example evil>",
    '{{7*7}}{{ "evalu"|add:"ated" }}{% csrf_token %}',
    "&lt;script evil&gt;alert(1)&lt;/script&gt;&#60;img src=x onerror=alert(1) evil&#62;",
]
# Without a tag: the forms of the studio take it. Short enough for every one of its fields.
SLY = "%s \" onfocus=alert(1) evil=\" ' onblur=x evil=' [p](javascript:alert(1))"
SLY_ADDRESS = "https://evil.example/\"onmouseover=alert(1)//'evil='"
MARK = re.compile(r"\bq\d+(?:en|es)z\b")
LONGEST = 2000  # of texts that know no end


def mark_of(number: int, locale: str) -> str:
    """What tells one text from all others, wherever it is shown."""
    return f"q{number}{locale}z"


def hostile(number: int, locale: str, longest: int | None = None, *, braces: bool = True) -> str:
    """A mark and as many payloads as there is room for, from another one on for each number."""
    words, between = mark_of(number, locale), " " if longest else "\n\n"
    turned = PAYLOADS[number % len(PAYLOADS) :] + PAYLOADS[: number % len(PAYLOADS)]
    for payload in (each for each in turned if braces or "{" not in each):
        longer = words + between + payload
        words = longer if len(longer) <= (longest or LONGEST) else words
    return words
