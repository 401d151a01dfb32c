"""The words of a certificate: for its paper, in one language or in both, and for whoever reads of it on a page."""

from collections.abc import Mapping
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override, pgettext

from certificates.document import Credit, Facts
from certificates.models import Certificate
from courses.choices import CreditType
from courses.credit import filled
from courses.credit_words import NAMES, amount_in_words, title_in_words

# Kinds that the amount itself names, and kinds that only the offer's own name tells apart.
_SAID_BY_AMOUNT = (CreditType.COMPLETION, CreditType.CONTACT_HOURS, CreditType.AMA_PRA_1)
_SAID_BY_NAME = (CreditType.STATE, CreditType.OTHER)


class Said(NamedTuple):
    """`language` is empty for the paper's first language, which its outermost element names."""

    language: str
    text: str


Says = dict[str, tuple[Said, ...]]


class Described(NamedTuple):
    """What a page says of a certificate, all of it in `language`."""

    language: str
    title: str
    setting_name: str
    provider: str
    credit_name: str


def described(certificate: Certificate, language: str) -> Described:
    """In `language` where the edition has it, else in the certificate's own."""
    facts = certificate.document
    chosen = language if language in facts.locales else certificate.locale
    credit = facts.credit
    with override(chosen):
        known = values(certificate, facts, chosen)
        return Described(
            language=chosen,
            title=facts.title[chosen],
            setting_name=facts.setting_name[chosen],
            provider=filled(credit.provider[chosen], known),
            credit_name=filled(title_in_words(credit.type, credit.name, chosen), known),
        )


def says(certificate: Certificate, facts: Facts, languages: tuple[str, ...]) -> Says:
    """Each text by its key. What a language writes in its own way stands in each of them, the rest once."""
    wordings = {}
    for language in languages:
        with override(language):
            wordings[language] = _labels(certificate, facts) | _texts(certificate, facts, language)
    with override(languages[0]):
        once = _once(certificate, facts)
    return _together(wordings) | {key: tuple(Said("", text) for text in texts) for key, texts in once.items()}


def _together(wordings: Mapping[str, Mapping[str, str]]) -> Says:
    """Each text in every language, once where the languages say the same, not at all where it is empty."""
    first, *others = wordings
    together = {}
    for key, text in wordings[first].items():
        said = {text: Said("", text)}
        for language in others:
            other = wordings[language][key]
            said.setdefault(other, Said(language, other))
        together[key] = tuple(part for part in said.values() if part.text)
    return together


def _labels(certificate: Certificate, facts: Facts) -> dict[str, str]:
    is_pharmacy = facts.credit.type == CreditType.ACPE
    return {
        "title": _("Certificate of completion for %(name)s") % {"name": certificate.printed_name},
        "heading": _("Certificate of completion"),
        "awarded_to": pgettext("certificate", "Awarded to"),
        "for_completing": pgettext("certificate", "for completing the module"),
        "completed_label": pgettext("certificate", "Completed on"),
        "issued_label": pgettext("certificate", "Issued on"),
        "expires_label": pgettext("certificate", "Valid until"),
        "license_label": pgettext("certificate", "License"),
        "credit_label": pgettext("certificate", "Credit"),
        "code_label": pgettext("certificate", "Verification code"),
        "verify_at": pgettext("followed by an address", "Verify this certificate at"),
        "provider_label": pgettext("certificate", "Provider"),
        "provider_number_label": _("Provider number"),
        "activity_number_label": _("Activity number (UAN)") if is_pharmacy else _("Activity number"),
        "seal": _("Seal of SOAR Online: an octagon in four colors, in a wreath of fine lines"),
        "qr": _("QR code that opens the verification of this certificate"),
        "demonstration": _demonstration(facts),
    }


def _texts(certificate: Certificate, facts: Facts, language: str) -> dict[str, str]:
    """What authors wrote, its variables filled, and what a language writes in its own way."""
    credit, known = facts.credit, values(certificate, facts, language)

    def text(name: str) -> str:
        return filled(getattr(credit, name).get(language, ""), known).strip()

    return {
        "module": facts.title[language],
        "setting": _("Professional setting: %(setting)s") % {"setting": facts.setting_name[language]},
        "details": f"{text('format') or _('Online, self-paced')} · {_edition(facts)}",
        "amount": known["credit"],
        "kind": _kind(credit, text("name")),
        "provider": text("provider"),
        "statement": text("statement"),
        "extra": text("extra"),
        "role": text("signatory_role"),
    }


def _once(certificate: Certificate, facts: Facts) -> dict[str, tuple[str, ...]]:
    """Names, numbers and dates, which a paper in two languages does not repeat."""
    credit, code = facts.credit, certificate.shown_code
    address = settings.SITE_URL.split("://")[-1] + reverse("verify")
    once = {
        "completed": (date_format(facts.completed_on),),
        "issued": (date_format(timezone.localdate(certificate.issued_at)),),
        "expires": (date_format(certificate.expires_on) if certificate.expires_on else "",),
        "license": (facts.license.shown,),
        "address": (credit.provider_address,),
        "provider_number": (credit.provider_number,),
        "activity_number": (credit.activity_number,),
        "signatory": (credit.signatory,),
        "code": (code[:10], code[10:]),
        "address_to_verify": (address,),
    }
    return {key: tuple(filter(None, texts)) for key, texts in once.items()}


def values(certificate: Certificate, facts: Facts, language: str) -> dict[str, str]:
    """What the variables of an offer's texts stand for, in the active language."""
    return {
        "name": certificate.printed_name,
        "module": facts.title[language],
        "setting": facts.setting_name[language],
        "credit": _amount(facts),
        "date": date_format(facts.completed_on),
        "edition": str(facts.edition),
        "provider": facts.credit.provider.get(language, ""),
        "number": facts.credit.provider_number,
    }


def _edition(facts: Facts) -> str:
    words = ngettext(
        "Edition %(edition)s · %(minutes)s minute", "Edition %(edition)s · %(minutes)s minutes", facts.minutes
    )
    return words % {"edition": facts.edition, "minutes": facts.minutes}


def _demonstration(facts: Facts) -> str:
    if not facts.demonstration:
        return ""
    return _("Demonstration: this certificate gives no real continuing education credit.")


def _amount(facts: Facts) -> str:
    return amount_in_words(facts.credit.type, facts.credit.amount) or _no_amount(facts)


def _no_amount(facts: Facts) -> str:
    return pgettext("credit", "None: demonstration") if facts.demonstration else pgettext("credit", "None")


def _kind(credit: Credit, name: str) -> str:
    if credit.type in _SAID_BY_AMOUNT:
        return ""
    return name if credit.type in _SAID_BY_NAME else str(NAMES[credit.type])
