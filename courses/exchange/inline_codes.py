"""A text as runs of words and of codes: what a translator must carry over unharmed. Pure.

Joining the runs gives the text back, byte for byte, whatever it holds.
"""

import re
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum

import msgspec

from courses.choices import Style

# Every expression begins with a character that none of its repetitions may pass, so that a text made to be slow to
# search is read in one go all the same.
_PLACEHOLDER = r"\{\{ ?[A-Za-z_][\w.]* ?\}\}|\{[A-Za-z_][\w.]*\}|%\([A-Za-z_]\w*\)[sd]"
_UNWRITABLE = "[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_MARKER = r"(?:>[ \t]*|(?:[-*+]|\d{1,9}[.)])[ \t]+)"
_PLAIN = (("character", _UNWRITABLE), ("placeholder", _PLACEHOLDER), ("break", r"(?:\n[ \t]*)+"))
_ESCAPES = (("escape", r"\\[!-/:-@\[-`{-~]"), ("entity", r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});"))
_EMPHASIS = (("emphasis", r"\*{1,3}|_{1,3}"),)
_MARKDOWN = (
    *_PLAIN[:2],
    # A single line break inside a paragraph is a space to Markdown: words, not a code.
    ("break", rf"\A{_MARKER}+|(?:\n[ \t]*){{2,}}{_MARKER}*|\n[ \t]*{_MARKER}+"),
    *_ESCAPES,
    ("span", r"`[^`\n]*`"),
    ("address", r"<https?://[^<>\s]+>"),
    ("opening", r"\[(?=[^\[\]]*\]\()"),
    ("closing", r"\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)?\)"),
    *_EMPHASIS,
)


def _expression(kinds: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in kinds))


_EXPRESSIONS = {
    Style.MARKDOWN: _expression(_MARKDOWN),
    Style.CITATION: _expression((*_PLAIN, *_ESCAPES, *_EMPHASIS)),
}
_OTHERS = _expression(_PLAIN)


class Role(StrEnum):
    ALONE = "alone"
    OPENS = "opens"
    CLOSES = "closes"


class Code(msgspec.Struct):
    """`native` is what stands in the text; a code that opens is closed by the next one that closes, as brackets are."""

    native: str
    kind: str
    role: Role = Role.ALONE


Run = str | Code


def split(text: str, style: Style) -> list[Run]:
    return _paired(list(_runs(text, _EXPRESSIONS.get(style, _OTHERS))))


def join(runs: list[Run]) -> str:
    return "".join(run.native if isinstance(run, Code) else run for run in runs)


def codes_of(text: str, style: Style) -> Counter[str]:
    """What a translation must hold too, in whatever order; a character no tool can carry is not a part of this."""
    return Counter(run.native for run in split(text, style) if isinstance(run, Code) and run.kind != "character")


def _runs(text: str, expression: re.Pattern[str]) -> Iterator[Run]:
    end = 0
    for match in expression.finditer(text):
        if match.start() > end:
            yield text[end : match.start()]
        yield Code(match.group(), match.lastgroup or "")
        end = match.end()
    if end < len(text):
        yield text[end:]


def _paired(runs: list[Run]) -> list[Run]:
    """Emphasis and links open and close; where one is left over, it stands alone."""
    waiting: list[Code] = []
    for code in runs:
        if not isinstance(code, Code):
            continue
        if code.kind == "break":
            waiting.clear()
        elif opener := _opener(code, waiting):
            del waiting[waiting.index(opener) :]
            opener.role, code.role = Role.OPENS, Role.CLOSES
        elif code.kind in ("emphasis", "opening"):
            waiting.append(code)
    return runs


def _opener(code: Code, waiting: list[Code]) -> Code | None:
    if code.kind == "closing":
        return next((other for other in reversed(waiting) if other.kind == "opening"), None)
    if code.kind == "emphasis" and waiting and waiting[-1].native == code.native:
        return waiting[-1]
    return None
