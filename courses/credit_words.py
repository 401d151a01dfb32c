"""Kinds and amounts of credit as people know them, in the active language."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from courses.choices import CreditType
from courses.document import Words

NAMES = {
    CreditType.COMPLETION: _("Certificate of completion"),
    CreditType.CONTACT_HOURS: _("Contact hours"),
    CreditType.AMA_PRA_1: "AMA PRA Category 1 Credit™",
    CreditType.ANCC: _("Nursing contact hours (ANCC)"),
    CreditType.ACPE: _("Pharmacy contact hours (ACPE)"),
    CreditType.APA: _("Psychology credits (APA)"),
    CreditType.ASWB_ACE: _("Social work credits (ASWB ACE)"),
    CreditType.CHES: _("Health education contact hours (CHES)"),
    CreditType.IPCE: _("Interprofessional credits (IPCE)"),
    CreditType.NBCC: _("Counseling hours (NBCC)"),
    CreditType.STATE: _("Hours approved by a state"),
    CreditType.OTHER: pgettext_lazy("kind of credit", "Other credit"),
}

_CREDITS = ngettext_lazy("%(amount)s credit", "%(amount)s credits", "count")
_HOURS = ngettext_lazy("%(amount)s contact hour", "%(amount)s contact hours", "count")
_AMOUNTS = {
    CreditType.AMA_PRA_1: ngettext_lazy(
        "%(amount)s AMA PRA Category 1 Credit™", "%(amount)s AMA PRA Category 1 Credits™", "count"
    ),
    CreditType.APA: _CREDITS,
    CreditType.ASWB_ACE: _CREDITS,
    CreditType.IPCE: _CREDITS,
    CreditType.OTHER: _CREDITS,
}


def title_in_words(kind: CreditType, name: Words, locale: str) -> str:
    """As its authors call it, else as its kind is known."""
    return name.get(locale, "") or str(NAMES[kind])


def amount_in_words(kind: CreditType, amount: Decimal | None) -> str:
    """1.25 → “1.25 contact hours”; nothing for what has no amount. At least one decimal place, as boards write it.

    The point stays in Spanish, as is the use in the United States.
    """
    if amount is None:
        return ""
    places = 2 if amount * 10 % 1 else 1
    words = _AMOUNTS.get(kind, _HOURS)
    return words % {"count": 1 if amount == 1 else 2, "amount": f"{amount:.{places}f}"}
