"""What a module is worth to whom: the offers of a document, and what keeps somebody from one. Pure."""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from courses.choices import CreditType
from courses.document import Document, Offer

# What the texts of an offer may speak of; each stands between braces.
VARIABLES = ("name", "module", "setting", "credit", "date", "edition", "provider", "number")
_VARIABLE = re.compile(r"\{([^{}]*)\}")


class Bar(StrEnum):
    """Why an offer is not for somebody."""

    PROFESSION = "profession"
    LANGUAGE = "language"
    NOT_BEGUN = "not-begun"
    ENDED = "ended"


def offers_of(document: Document) -> tuple[Offer, ...]:
    """All there is to earn; a module always has a certificate of completion, whether or not its authors wrote one."""
    if any(offer.type == CreditType.COMPLETION for offer in document.offers):
        return document.offers
    return (_completion(document), *document.offers)


def offer_named(document: Document, key: str) -> Offer | None:
    return next((offer for offer in offers_of(document) if offer.key == key), None)


def _completion(document: Document) -> Offer:
    return Offer(
        key="completion",
        type=CreditType.COMPLETION,
        languages=document.locales,
        provider=document.provider,
        statement=document.statement,
        starts_on=document.released_on,
        ends_on=document.terminates_on,
    )


def last_day(document: Document, offer: Offer) -> date:
    """The last day on which finishing the module earns the offer."""
    return min(offer.ends_on, document.terminates_on)


def bars(document: Document, offer: Offer, *, profession: str, locale: str, on: date) -> tuple[Bar, ...]:
    """What keeps somebody of this profession who finishes in `locale` on that day from the offer.

    That a module was finished stays true whenever it was: no day bars a certificate of completion.
    """
    found = []
    if offer.professions and profession not in offer.professions:
        found.append(Bar.PROFESSION)
    if locale not in offer.languages:
        found.append(Bar.LANGUAGE)
    if offer.type != CreditType.COMPLETION:
        if on < offer.starts_on:
            found.append(Bar.NOT_BEGUN)
        if on > last_day(document, offer):
            found.append(Bar.ENDED)
    return tuple(found)


def filled(text: str, values: Mapping[str, str]) -> str:
    """`values` has every variable; braces around anything else stay."""
    return _VARIABLE.sub(lambda match: values.get(match[1], match[0]), text)


def unknown_variables(text: str) -> list[str]:
    return [name for name in _VARIABLE.findall(text) if name not in VARIABLES]
