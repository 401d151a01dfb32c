"""The picture of a certificate: US Letter, accessible and made to last, in one language or in both."""

from django.template.loader import render_to_string
from django.utils import translation

from certificates import coverage, paper
from certificates.models import Certificate

TEMPLATE = 3


def draw(certificate: Certificate, language: str) -> bytes:
    """The same certificate gives the same bytes. `language` is one of certificates.choices.PAPERS."""
    from certificates import engine  # a page must not wait for it

    page = paper.page(certificate, language) | {"seal": "package:seal.svg"}
    with translation.override(page["language"]):
        html = render_to_string("certificates/paper.html", page)
    return engine.pdf(html, name_styles(certificate.printed_name))


def name_styles(name: str) -> str:
    families = ",".join(f'"{face.family}"' for face in coverage.of(name).used)
    return f".paper__name{{font-family:{families}}}"
