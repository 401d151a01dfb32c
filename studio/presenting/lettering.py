"""Texts of a drawing, which cannot wrap or scroll: cut to lines of so many letters."""

from textwrap import wrap


def short(text: str, letters: int) -> str:
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def lines(text: str, letters: int, most: int) -> list[str]:
    """At least one; the last holds what is left, as far as there is room."""
    parts = wrap(text, letters) or [""]
    return [*parts[: most - 1], short(" ".join(parts[most - 1 :]), letters)] if len(parts) >= most else parts
