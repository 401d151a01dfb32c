"""What a transcript says: everything somebody earned, in the words of one language, as it stands on one day."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import msgspec
from django.utils import timezone
from django.utils.translation import override, pgettext_lazy

from accounts.choices import Profession
from accounts.models import User
from certificates.choices import Status
from certificates.models import Certificate
from certificates.queries import earned_by
from certificates.wording import described
from courses.choices import CreditType
from courses.credit_words import NAMES, amount_in_words

STATUSES = {
    Status.VALID: pgettext_lazy("status of a certificate", "Valid"),
    Status.EXPIRED: pgettext_lazy("status of a certificate", "Expired"),
    Status.REPLACED: pgettext_lazy("status of a certificate", "Replaced"),
    Status.REVOKED: pgettext_lazy("status of a certificate", "Revoked"),
}
# Kinds that only the name of the offer tells apart.
_SEVERAL = (CreditType.STATE, CreditType.OTHER)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One certificate. `language` is that of its words, where the edition lacks the transcript's."""

    code: str
    status: Status
    language: str
    title: str
    credit_type: CreditType
    credit_name: str
    amount: Decimal | None
    amount_in_words: str
    printed_name: str
    profession: str
    license: str
    provider: str
    provider_number: str
    activity_number: str
    completed_on: date
    issued_on: date
    expires_on: date | None

    @property
    def counts(self) -> bool:
        return not self.status.has_ended

    @property
    def status_in_words(self) -> str:
        return str(STATUSES[self.status])


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """The years of completion it was narrowed to, 0 where it was not; oldest entries first."""

    first: int = 0
    last: int = 0
    entries: tuple[Entry, ...] = ()

    @property
    def printed_name(self) -> str:
        """The newest that was not corrected away."""
        names = [entry.printed_name for entry in self.entries if entry.counts]
        return next(reversed(names or [entry.printed_name for entry in self.entries]), "")


class Total(NamedTuple):
    """`language` is that of the name where an author gave it; `amount` is empty for what is not counted."""

    name: str
    language: str
    certificates: int
    amount: str


def everything(user: User, language: str) -> Listing:
    with override(language):
        return Listing(entries=tuple(_entry(certificate, language) for certificate in earned_by(user)))


def within(listing: Listing, first: int, last: int) -> Listing:
    """Only what was completed in these years; 0 leaves an end open. The years said are those of what is listed."""
    if first and last and first > last:
        first, last = last, first
    kept = [entry for entry in listing.entries if first <= entry.completed_on.year <= (last or date.max.year)]
    years = {entry.completed_on.year for entry in kept} or {first, last}
    return Listing(first=first and min(years), last=last and max(years), entries=tuple(kept))


def totals(entries: Iterable[Entry]) -> list[Total]:
    """By kind of credit, without what was replaced or revoked."""
    kinds: dict[tuple[CreditType, str, str], list[Entry]] = {}
    for entry in entries:
        if entry.counts:
            kinds.setdefault((entry.credit_type, *_name_of(entry)), []).append(entry)
    return [Total(name, language, len(rows), _sum(kind, rows)) for (kind, name, language), rows in kinds.items()]


def _name_of(entry: Entry) -> tuple[str, str]:
    is_given = entry.credit_type in _SEVERAL
    return (entry.credit_name, entry.language) if is_given else (str(NAMES[entry.credit_type]), "")


def _sum(kind: CreditType, entries: list[Entry]) -> str:
    amounts = [entry.amount for entry in entries if entry.amount is not None]
    return amount_in_words(kind, sum(amounts, Decimal())) if amounts else ""


def _entry(certificate: Certificate, language: str) -> Entry:
    facts, words = certificate.document, described(certificate, language)
    credit = facts.credit
    return Entry(
        code=certificate.shown_code,
        status=certificate.status(timezone.localdate()),
        language=words.language,
        title=words.title,
        credit_type=credit.type,
        credit_name=words.credit_name,
        amount=credit.amount,
        amount_in_words=amount_in_words(credit.type, credit.amount),
        printed_name=certificate.printed_name,
        profession=str(dict(Profession.choices).get(facts.profession, "")),
        license=facts.license.shown,
        provider=words.provider,
        provider_number=credit.provider_number,
        activity_number=credit.activity_number,
        completed_on=facts.completed_on,
        issued_on=timezone.localdate(certificate.issued_at),
        expires_on=certificate.expires_on,
    )


def encode(listing: Listing) -> dict:
    """As the database gives it back, so that the two can be compared."""
    return msgspec.json.decode(msgspec.json.encode(listing))


def decode(rows: dict) -> Listing:
    return msgspec.convert(rows, Listing, strict=False)
