"""What another edition says of the credit of a certificate, and why it does not fit."""

import msgspec
from django.utils.translation import gettext_noop

from certificates.document import Facts, License, credit_of
from certificates.errors import CreditChanged
from courses.credit import offer_named
from courses.document import Document

OFFER_GONE = gettext_noop("The edition has no such credit offer.")
PROFESSION = gettext_noop("The offer of the edition is not for the profession of the holder.")
LANGUAGE = gettext_noop("The offer of the edition is not for the language the module was completed in.")
LICENSE = gettext_noop("The offer of the edition asks for a license, which the certificate does not have.")
REPORT = gettext_noop("The offer of the edition is reported to a register, and the data for it were not given.")


def with_credit_of(content: Document, facts: Facts, locale: str, *, is_reported: bool) -> Facts:
    """The same facts with that credit. Raises CreditChanged where it is not theirs.

    `locale` is the language it was earned in; `is_reported`: the data that credit is reported with were given.
    """
    offer = offer_named(content, facts.credit.offer)
    if offer is None or not set(facts.locales) <= set(content.locales):
        raise CreditChanged(OFFER_GONE)
    if offer.professions and facts.profession not in offer.professions:
        raise CreditChanged(PROFESSION)
    if locale not in offer.languages:
        raise CreditChanged(LANGUAGE)
    if offer.needs_license and facts.license == License():
        raise CreditChanged(LICENSE)
    if offer.needs_nabp and not is_reported:
        raise CreditChanged(REPORT)
    return msgspec.structs.replace(facts, credit=credit_of(offer))
