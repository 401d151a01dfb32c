"""What is wrong with a package, in sentences that whoever shows them translates. Pure."""

from collections.abc import Callable

import msgspec

Values = dict[str, str | int]


def gettext_noop(sentence: str) -> str:
    """Marks a sentence for the message catalogue; whoever shows it translates it."""
    return sentence


class Message(msgspec.Struct, frozen=True):
    """`values` are what the placeholders of the sentence stand for, of which some may stay unused."""

    sentence: str
    values: Values = {}

    def said(self, translate: Callable[[str], str]) -> str:
        return translate(self.sentence) % self.values


class Problem(msgspec.Struct, frozen=True):
    file: str
    line: int
    message: Message
