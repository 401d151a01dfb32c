"""Does a translation use the approved terms? Warnings only: a translator may have a reason. Pure."""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import lru_cache

import msgspec


class Kind(StrEnum):
    LACKS = "lacks"  # the source has the term, the translation not its counterpart
    AVOID = "avoid"  # the translation uses a word to avoid


class Entry(msgspec.Struct, frozen=True):
    """An approved term in both languages, with the words to avoid for it."""

    name: dict[str, str]
    avoid: dict[str, tuple[str, ...]]


class Finding(msgspec.Struct, frozen=True):
    """`found` is the term or word met, `wanted` what is approved in the language of the translation."""

    kind: Kind
    found: str
    wanted: str


def avoided(text: str) -> tuple[str, ...]:
    """The words of a list separated by commas."""
    return tuple(word for word in map(str.strip, text.split(",")) if word)


def check(entries: Iterable[Entry], *, source: str, target: str, source_locale: str, locale: str) -> list[Finding]:
    """Of a text in `source_locale` and its translation into `locale`; none for one that is not translated yet."""
    return [found for entry in entries for found in _of(entry, source, target, source_locale, locale)] if target else []


def _of(entry: Entry, source: str, target: str, source_locale: str, locale: str) -> Iterator[Finding]:
    term, wanted = entry.name.get(source_locale, ""), entry.name.get(locale, "")
    for word in entry.avoid.get(locale, ()):
        if has(target, word):
            yield Finding(Kind.AVOID, word, wanted)
    if term and wanted and has(source, term) and not has(target, wanted):
        yield Finding(Kind.LACKS, term, wanted)


def has(text: str, term: str) -> bool:
    """As whole words, in any case, each also in its simple plural and in the other gender (informado, informada)."""
    return bool(_expression(term).search(text))


@lru_cache(maxsize=2000)
def _expression(term: str) -> re.Pattern[str]:
    words = r"\s+".join(re.sub("o$", "[oa]", re.escape(word)) + "(?:e?s)?" for word in term.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
