"""What an offer of a draft lacks before its paper can be shown."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from certificates.choices import BOTH
from courses.choices import LOCALES
from courses.document import Document, Offer, Words
from courses.offer_rules import WITHOUT_AMOUNT
from studio.wording import COLUMNS, in_languages

_TEXTS: Mapping[str, Promise] = {
    "name": _("Name of the offer"),
    "provider": _("Provider"),
    "format": _("Format"),
    "statement": _("Accreditation statement"),
}


def gaps(document: Document, offer: Offer, paper: str, *, is_written: bool) -> list[str]:
    """In words. An offer that nobody wrote has neither name nor format of its own."""
    languages = LOCALES if paper == BOTH else (paper,)
    asked = {str(_("Title of the module")): document.title}
    asked |= {str(_("Name of the professional setting")): row.name for row in document.settings[:1]}
    asked |= {str(_TEXTS[name]): getattr(offer, name) for name in (_TEXTS if is_written else ("provider", "statement"))}
    found = [_missing(label, words, languages) for label, words in asked.items()]
    if not offer.languages:
        found.append(str(COLUMNS["languages"]))
    if offer.amount is None and offer.type not in WITHOUT_AMOUNT:
        found.append(str(_("Amount")))
    return [gap for gap in found if gap]


def _missing(label: str, words: Words, languages: tuple[str, ...]) -> str:
    missing = [language for language in languages if language not in words]
    return in_languages(label, missing) if missing else ""
