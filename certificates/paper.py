"""What stands on a paper, in one language or in both, for the PDF and for the page that is printed from a browser."""

from typing import NamedTuple

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, override, pgettext_lazy

from certificates import codes, document, fitting, spacing, wording
from certificates.choices import BOTH
from certificates.document import License
from certificates.models import Certificate
from courses.choices import LOCALES
from courses.credit import VARIABLES
from courses.document import Document, Offer

SAMPLE_NAME = "María José Núñez Ibáñez"
SAMPLE_LICENSE = License(number="RN 884213", state="TX")

_MEANINGS = {
    "name": gettext_lazy("The name printed on the certificate"),
    "module": gettext_lazy("The title of the module"),
    "setting": gettext_lazy("The professional setting"),
    "credit": gettext_lazy("Amount and kind of credit"),
    "date": pgettext_lazy("variable", "The day of completion"),
    "edition": gettext_lazy("The number of the edition"),
    "provider": gettext_lazy("The name of the provider"),
    "number": gettext_lazy("The number of the provider"),
}


class Variable(NamedTuple):
    name: str
    meaning: str
    sample: str


def page(certificate: Certificate, language: str) -> dict:
    """The context of certificates/paper_body.html. `language` is one of certificates.choices.PAPERS."""
    languages = languages_of(certificate, language)
    says = wording.says(certificate, certificate.document, languages)
    texts = {key: [said.text for said in together] for key, together in says.items()}
    name = fitting.fitted(certificate.printed_name)
    return {
        "certificate": certificate,
        "language": languages[0],
        "says": says,
        "name": name,
        "fit": spacing.fit(texts, name_height=name.height),
        "seal": reverse("ornament", args=["seal"]),
        "border": reverse("ornament", args=["border"]),
        "qr": _qr(settings.SITE_URL + reverse("verify-code", args=[certificate.code])),
    }


def languages_of(certificate: Certificate, language: str) -> tuple[str, ...]:
    """The language it was earned in comes first; what the edition does not have cannot be printed."""
    own, known = certificate.locale, certificate.document.locales
    if language == BOTH:
        return (own, *(other for other in LOCALES if other in known and other != own))
    return (language if language in known else own,)


def values(certificate: Certificate, language: str) -> dict[str, str]:
    """What the variables of an offer's texts stand for."""
    with override(language):
        return wording.values(certificate, certificate.document, language)


def variables(document: Document, offer: Offer, language: str) -> list[Variable]:
    """All there are, with what each says on a sample."""
    samples = values(sample(document, offer), language)
    return [Variable(name, str(_MEANINGS[name]), samples[name]) for name in VARIABLES]


def sample(content: Document, offer: Offer, name: str = SAMPLE_NAME) -> Certificate:
    """A certificate that nobody holds and no database knows, with everything the offer could print."""
    setting = content.settings[0].key if content.settings else ""
    completed_on = timezone.localdate()
    facts = document.freeze(
        content,
        offer,
        edition=1,
        setting=setting,
        completed_on=completed_on,
        profession="",
        license=SAMPLE_LICENSE if offer.needs_license else License(),
        demonstration=settings.DEMO,
    )
    return Certificate(
        offer=offer.key,
        code="2" * codes.LENGTH,
        printed_name=name,
        locale=facts.locales[0],
        facts=document.encode(facts),
        issued_at=timezone.now(),
        expires_on=document.expiry(completed_on, offer.valid_months),
    )


def _qr(address: str) -> str:
    # Looking for the best of eight masks costs more than the rest of the symbol, and any of them can be read.
    code = segno.make(address, micro=False, error="m", boost_error=False, mask=2)
    return code.svg_data_uri(border=0, dark="#14313a", omitsize=True)
