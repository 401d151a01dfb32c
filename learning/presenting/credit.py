"""What can be earned with a module, told before anyone begins; never promised to whom it does not cover."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.choices import CreditType
from courses.credit import Bar, bars, filled, last_day, offers_of
from courses.credit_words import amount_in_words, title_in_words
from courses.document import Document, Offer
from courses.registry import profession_choices
from learning.presenting.words import say

Context = dict[str, Any]

_EARNED_BY: dict[frozenset[str], Promise] = {
    frozenset({"en"}): gettext_lazy("Earned by finishing in English"),
    frozenset({"es"}): gettext_lazy("Earned by finishing in Spanish"),
    frozenset({"en", "es"}): gettext_lazy("Earned by finishing in English or Spanish"),
}
_IF_FINISHED_IN: dict[str, Promise] = {
    "en": gettext_lazy("This is for you if you finish in English, by %(date)s."),
    "es": gettext_lazy("This is for you if you finish in Spanish, by %(date)s."),
}


def offers(content: Document, number: int, locale: str, on: date, profession: str | None = None) -> list[Context]:
    """`number` is the release's; `profession` is empty for somebody who has not told it, None for a visitor."""
    names = dict(profession_choices())
    return [_offer(content, offer, number, locale, on, profession, names) for offer in offers_of(content)]


def _offer(
    content: Document,
    offer: Offer,
    number: int,
    locale: str,
    on: date,
    profession: str | None,
    names: dict[str, str],
) -> Context:
    return {
        "id": f"credit-{offer.key}",
        **texts_of(content, offer, number, locale),
        "amount": amount_in_words(offer.type, offer.amount),
        "professions": [names.get(key, key) for key in offer.professions],
        "languages": _EARNED_BY.get(frozenset(offer.languages), ""),
        "provider_address": offer.provider_address,
        "provider_number": offer.provider_number,
        "activity_number": offer.activity_number,
        "starts_on": offer.starts_on,
        "ends_on": last_day(content, offer),
        "valid_months": offer.valid_months,
        "asked": _asked(offer),
        "standing": _standing(content, offer, locale, on, profession, names),
    }


def texts_of(content: Document, offer: Offer, number: int, locale: str) -> dict[str, str]:
    """What its authors wrote, the variables filled with what is known while nobody has earned it."""
    texts = {name: say(getattr(offer, name), locale) for name in ("provider", "format", "statement", "extra")}
    texts |= {"name": title_in_words(offer.type, offer.name, locale)}
    values = _values(content, offer, number, locale)
    return {name: filled(text, values) for name, text in texts.items()}


def _values(content: Document, offer: Offer, number: int, locale: str) -> dict[str, str]:
    return {
        "name": _("your name"),
        "module": say(content.title, locale),
        "setting": _("your professional setting"),
        "credit": amount_in_words(offer.type, offer.amount) or title_in_words(offer.type, offer.name, locale),
        "date": _("the day on which you finish"),
        "edition": str(number),
        "provider": say(offer.provider, locale),
        "number": offer.provider_number,
    }


def _asked(offer: Offer) -> list[str]:
    asked = [(offer.needs_license, _("your license number and state"))]
    asked += [(offer.needs_nabp, _("your NABP e-Profile ID, with the month and day of your birth"))]
    return [words for wanted, words in asked if wanted]


def _standing(
    content: Document, offer: Offer, locale: str, on: date, profession: str | None, names: dict[str, str]
) -> Context:
    """Whether it is for this person; of a visitor only the days are known."""
    found = bars(content, offer, profession=profession or "", locale=locale, on=on)
    last = date_format(last_day(content, offer))
    if Bar.ENDED in found:
        return {"text": _("This credit ended on %(date)s.") % {"date": last}}
    if Bar.NOT_BEGUN in found:
        return {"text": _("This credit can be earned from %(date)s on.") % {"date": date_format(offer.starts_on)}}
    if profession is None:
        return {}
    if Bar.PROFESSION in found:
        return _of_others(profession, names)
    if Bar.LANGUAGE in found:
        return {"text": _IF_FINISHED_IN[offer.languages[0]] % {"date": last}}
    if offer.type == CreditType.COMPLETION:
        return {"text": _("This is for you.")}
    return {"text": _("This is for you if you finish by %(date)s.") % {"date": last}}


def _of_others(profession: str, names: dict[str, str]) -> Context:
    if profession:
        return {
            "text": _("This is for other professions. Your profile says: %(profession)s.")
            % {"profession": names.get(profession, profession)}
        }
    return {
        "text": _("Whether this is for you depends on your profession."),
        "profile_url": reverse("accounts:profile"),
    }


def summary(content: Document, number: int, locale: str, on: date, profession: str) -> Context:
    """In one line, what somebody of this profession who finishes in this language can earn."""
    everything = offers_of(content)
    earned = [offer for offer in everything if not bars(content, offer, profession=profession, locale=locale, on=on)]
    return {
        "earned": " · ".join(_short(content, offer, number, locale) for offer in earned),
        "more": len(everything) > len(earned),
    }


def _short(content: Document, offer: Offer, number: int, locale: str) -> str:
    name = texts_of(content, offer, number, locale)["name"]
    if offer.type == CreditType.COMPLETION:
        return name
    return _("%(name)s, by %(date)s") % {"name": name, "date": date_format(last_day(content, offer))}
