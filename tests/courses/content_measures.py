"""What the house rules count in a text: how alike two are, how long one takes to read. Pure."""

import re
from collections.abc import Iterator
from html import unescape

from courses.document import Check, Frozen, Lesson, Sort
from courses.rules import all_words

WORDS_A_MINUTE = 180
MINUTES_A_CHECK = 0.5


def plain_words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", unescape(re.sub(r"<[^>]*>", " ", text)).lower())


def texts(value: Frozen, locale: str) -> Iterator[str]:
    return (words[locale] for _place, _name, words in all_words(value) if locale in words)


def sequences(value: Frozen, locale: str, length: int = 5) -> set[tuple[str, ...]]:
    """Every run of `length` words within one text."""
    return {
        tuple(found[place : place + length])
        for found in map(plain_words, texts(value, locale))
        for place in range(len(found) - length + 1)
    }


def likeness(one: Frozen, other: Frozen, locale: str) -> float:
    """The share of the shorter one's sequences that stand in the other too, 0 to 1."""
    a, b = sequences(one, locale), sequences(other, locale)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def reading_minutes(lesson: Lesson, locale: str) -> float:
    """Reading what everybody reads, and deciding: the summary is for those who skip the rest."""
    read = [*_texts_read(lesson, locale)]
    exercises = sum(isinstance(block, Check | Sort) for block in lesson.blocks)
    return sum(len(plain_words(text)) for text in read) / WORDS_A_MINUTE + exercises * MINUTES_A_CHECK


def _texts_read(lesson: Lesson, locale: str) -> Iterator[str]:
    unread = {"feedback", "alt", "credit", "summary"}
    return (words[locale] for _place, name, words in all_words(lesson) if locale in words and name not in unread)
