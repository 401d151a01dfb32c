"""What an offer of credit may not say: what contradicts itself, which no draft holds, and what keeps it back. Pure."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import msgspec

from courses.choices import CreditType
from courses.credit import unknown_variables
from courses.document import Document, Offer, Words

LONGEST_STATEMENT = 320  # characters: what three lines of the paper hold
TEXTS = ("name", "provider", "format", "statement", "extra", "signatory_role")
WITHOUT_AMOUNT = (CreditType.COMPLETION, CreditType.OTHER)


class Fault(NamedTuple):
    code: str
    name: str = ""
    locale: str = ""


def earned_in(locales: Sequence[str], offers: Iterable[Offer]) -> tuple[Offer, ...]:
    """Of those languages; what can be earned in another one only is no offer, what names none a mistake to be told."""
    return tuple(
        msgspec.structs.replace(offer, languages=tuple(locale for locale in offer.languages if locale in locales))
        for offer in offers
        if not offer.languages or set(offer.languages) & set(locales)
    )


def contradictions(
    kind: str, *, amount: str | Decimal | None, needs_nabp: bool, starts_on: date | None, ends_on: date | None
) -> list[str]:
    """The columns that do not fit the others."""
    found = []
    if kind == CreditType.COMPLETION and amount:
        found.append("amount")
    if starts_on and ends_on and ends_on < starts_on:
        found.append("ends_on")
    if needs_nabp and kind != CreditType.ACPE:
        found.append("needs_nabp")
    return found


def faults(document: Document, offer: Offer, professions: Collection[str], today: date) -> Iterator[Fault]:
    """`professions` are all there are."""
    yield from (Fault("courses.E024", key) for key in offer.professions if key not in professions)
    if not offer.languages:
        yield Fault("courses.E025")
    yield from text_faults({name: getattr(offer, name) for name in TEXTS})
    if offer.amount is None and offer.type not in WITHOUT_AMOUNT:
        yield Fault("courses.E028")
    if offer.starts_on < document.released_on or offer.ends_on > document.terminates_on:
        yield Fault("courses.E030")
    if offer.ends_on < today:
        yield Fault("courses.E031")


def text_faults(texts: dict[str, Words]) -> Iterator[Fault]:
    """Of what is printed, by the names of the texts."""
    for name, words in texts.items():
        for locale, text in words.items():
            if name == "statement" and len(text) > LONGEST_STATEMENT:
                yield Fault("courses.E026", name, locale)
            yield from (Fault("courses.E027", f"{{{found}}}", locale) for found in unknown_variables(text))
