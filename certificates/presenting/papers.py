"""The papers of a certificate: which there are, and which may still be asked for."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from certificates import queries
from certificates.choices import BOTH, PAPERS
from certificates.models import Certificate


class Paper(NamedTuple):
    """`url` is empty until it is drawn."""

    language: str
    name: str
    url: str
    print_url: str


def papers(certificate: Certificate) -> list[Paper]:
    there, drawn = languages(certificate), queries.drawn_languages(certificate)
    print_url = reverse("certificates:print", args=[certificate.shown_code])
    return [
        Paper(
            language=language,
            name=str(name),
            url=file_url(certificate, language) if language in drawn else "",
            print_url=f"{print_url}?paper={language}",
        )
        for language, name in PAPERS
        if language in there
    ]


def languages(certificate: Certificate) -> tuple[str, ...]:
    """What can be drawn: nothing in a language that the edition does not have."""
    known = certificate.document.locales
    return (*known, BOTH) if len(known) > 1 else known


def file_url(certificate: Certificate, language: str) -> str:
    return reverse("certificates:file", args=[certificate.shown_code, language, file_name(certificate, language)])


def file_name(certificate: Certificate, language: str) -> str:
    """In the paper's language; of two languages, in the one it was earned in."""
    with override(certificate.locale if language == BOTH else language):
        name = _("soar-certificate-%(code)s") % {"code": certificate.shown_code}
    return f"{name}-en-es" if language == BOTH else name
