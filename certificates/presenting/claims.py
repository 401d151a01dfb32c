"""What a completion may be certified as: every offer of its edition, for whom it is, and why not for others."""

from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from accounts.choices import Profession
from certificates import queries
from certificates.models import Certificate
from courses.choices import CreditType
from courses.credit import Bar, bars, last_day, offers_of
from courses.credit_words import amount_in_words
from courses.document import Document, Offer
from learning.models import Completion
from learning.presenting.credit import texts_of


class Claim(NamedTuple):
    """`bars` and their `reasons` keep this person from it; `certificate` is there once it was claimed."""

    offer: Offer
    title: str
    amount: str
    provider: str
    bars: tuple[Bar, ...]
    reasons: tuple[str, ...]
    certificate: Certificate | None

    @property
    def is_open(self) -> bool:
        return not self.bars and self.certificate is None


def claims(completion: Completion, profession: str, locale: str) -> list[Claim]:
    """The richest first, the certificate of completion last."""
    content, issued = completion.release.content, queries.issued_for(completion)
    found = [_claim(content, offer, completion, profession, locale, issued) for offer in offers_of(content)]
    return sorted(found, key=lambda claim: (claim.offer.type == CreditType.COMPLETION, -(claim.offer.amount or 0)))


def may_claim_more(completion: Completion, profession: str) -> bool:
    """Whether something is left to claim, or would be for some profession while none is known."""
    waived = set() if profession else {Bar.PROFESSION}
    found = claims(completion, profession, completion.locale)
    return any(claim.certificate is None and set(claim.bars) <= waived for claim in found)


def follows_profession(completion: Completion) -> bool:
    return any(offer.professions for offer in offers_of(completion.release.content))


def _claim(
    content: Document,
    offer: Offer,
    completion: Completion,
    profession: str,
    locale: str,
    issued: dict[str, Certificate],
) -> Claim:
    on = timezone.localdate(completion.at)
    found = bars(content, offer, profession=profession, locale=completion.locale, on=on)
    with override(locale):
        texts = texts_of(content, offer, completion.release.number, locale)
    return Claim(
        offer=offer,
        title=texts["name"],
        amount=amount_in_words(offer.type, offer.amount),
        provider=texts["provider"],
        bars=found,
        reasons=tuple(_reason(bar, content, offer) for bar in found),
        certificate=issued.get(offer.key),
    )


def _reason(bar: Bar, content: Document, offer: Offer) -> str:
    if bar == Bar.PROFESSION:
        return _("For these professions: %(professions)s.") % {"professions": _professions(offer)}
    if bar == Bar.LANGUAGE:
        return _earned_in(offer)
    if bar == Bar.NOT_BEGUN:
        return _("For finishing on %(date)s or later.") % {"date": date_format(offer.starts_on)}
    return _("For finishing on %(date)s or earlier.") % {"date": date_format(last_day(content, offer))}


def _professions(offer: Offer) -> str:
    """In the order that its authors gave them; one that the site no longer knows stays out."""
    names = dict(Profession.choices)
    return ", ".join(str(names[key]) for key in offer.professions if key in names)


def _earned_in(offer: Offer) -> str:
    names = {"en": pgettext("in brackets", "English"), "es": pgettext("in brackets", "Spanish")}
    languages = get_text_list([names[key] for key in offer.languages], pgettext("between languages", "or"))
    return _("Earned by finishing in: %(languages)s.") % {"languages": languages}
