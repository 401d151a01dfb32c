"""What the paper says, frozen when it is issued, in every language of the release. Pure.

Fields are added with a default, so that an older certificate stays readable.
"""

from datetime import date
from decimal import Decimal

import msgspec

from courses import paths
from courses.choices import CreditType
from courses.document import Document, Offer, Words


class License(msgspec.Struct, frozen=True, kw_only=True):
    number: str = ""
    state: str = ""

    @property
    def shown(self) -> str:
        """As people read it: RN 884213 (TX)."""
        return f"{self.number} ({self.state})" if self.state else self.number


class Credit(msgspec.Struct, frozen=True, kw_only=True):
    """What was earned and from whom. Texts may hold variables (courses/credit.py), filled when they are read."""

    offer: str
    type: CreditType
    amount: Decimal | None = None
    name: Words = {}
    provider: Words
    provider_address: str = ""
    provider_number: str = ""
    activity_number: str = ""
    format: Words = {}
    statement: Words
    extra: Words = {}
    signatory: str = ""
    signatory_role: Words = {}


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """`profession` and the license are as the holder told them; the license is never shown in public."""

    module: str
    edition: int
    title: Words
    setting: str
    setting_name: Words
    minutes: int
    completed_on: date
    credit: Credit
    profession: str = ""
    license: License = License()
    demonstration: bool

    @property
    def locales(self) -> tuple[str, ...]:
        return tuple(self.title)


def freeze(
    document: Document,
    offer: Offer,
    *,
    edition: int,
    setting: str,
    completed_on: date,
    profession: str,
    license: License,
    demonstration: bool,
) -> Facts:
    chosen = document.setting(setting)
    return Facts(
        module=document.key,
        edition=edition,
        title=document.title,
        setting=setting,
        setting_name=chosen.name if chosen else dict.fromkeys(document.locales, setting),
        minutes=paths.minutes(paths.path(document, setting)),
        completed_on=completed_on,
        credit=credit_of(offer),
        profession=profession,
        license=license,
        demonstration=demonstration,
    )


def credit_of(offer: Offer) -> Credit:
    same = [name for name in Credit.__struct_fields__ if name != "offer"]
    return Credit(offer=offer.key, **{name: getattr(offer, name) for name in same})


def expiry(completed_on: date, months: int | None) -> date | None:
    """The last day of validity: the same day so many months later, or that month's last."""
    if months is None:
        return None
    years, month = divmod(completed_on.month - 1 + months, 12)
    for day in range(completed_on.day, 27, -1):
        try:
            return date(completed_on.year + years, month + 1, day)
        except ValueError:
            continue
    return date(completed_on.year + years, month + 1, completed_on.day)


def encode(facts: Facts) -> dict:
    return msgspec.to_builtins(facts)


def decode(data: dict) -> Facts:
    return msgspec.convert(data, Facts, strict=False)
