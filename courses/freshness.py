"""Does a translation still say what its source says, and has somebody reviewed it? Pure.

A translation remembers the digest of the source text it was made from. Only the words count: saving without a textual
change, moving a block or publishing a draft makes nothing stale.
"""

from enum import StrEnum
from hashlib import sha256

import msgspec


class State(StrEnum):
    EMPTY = "empty"  # in both languages: nothing to translate
    MISSING = "missing"  # in one language
    STALE = "stale"
    NEEDS_REVIEW = "needs-review"
    REVIEWED = "reviewed"


class Record(msgspec.Struct, frozen=True):
    """What is remembered of a translation: `source_digest` of the words it was made from, empty for none."""

    source: str
    source_digest: str = ""
    reviewed_digest: str = ""


def digest_of(text: str) -> str:
    """SHA-256, 64 hexadecimal digits; of no text, an empty string."""
    return sha256(text.encode()).hexdigest() if text else ""


def pair_digest(source: str, target: str) -> str:
    """What a reviewer has seen: the source and its translation."""
    return digest_of(f"{source}\0{target}")


def state(source: str, target: str, record: Record | None) -> State:
    """Of a text whose translation is `target`; one without a record was written before records were kept."""
    if not source and not target:
        return State.EMPTY
    if not source or not target:
        return State.MISSING
    if record is None:
        return State.NEEDS_REVIEW
    if record.source_digest != digest_of(source):
        return State.STALE
    return State.REVIEWED if record.reviewed_digest == pair_digest(source, target) else State.NEEDS_REVIEW


def tidy(text: str) -> str:
    """As it is stored: line ends of one kind, no space at the ends. Two texts that differ only so are one text."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()
