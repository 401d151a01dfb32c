"""The picture of a certificate: PDF/UA-1, US Letter, in the certificate's own language."""

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from certificates import coverage, faces, fitting
from certificates.models import Certificate

TEMPLATE = 1


def draw(certificate: Certificate) -> bytes:
    """The same certificate gives the same bytes."""
    from certificates import engine  # a page must not wait for it

    with translation.override(certificate.locale):
        html = render_to_string("certificates/paper.html", context(certificate))
    return engine.pdf(html, name_styles(certificate.printed_name))


def context(certificate: Certificate) -> dict:
    facts = certificate.document
    address = settings.SITE_URL + reverse("verify-code", args=[certificate.code])
    return {
        "certificate": certificate,
        "facts": facts,
        "is_long": len(facts.title) > 60 or len(facts.setting_name) > 60 or len(facts.statement) > 260,
        "qr": _qr(address),
        "verify_at": settings.SITE_URL.split("://")[-1] + reverse("verify"),
    }


def _qr(address: str) -> str:
    # Looking for the best of eight masks costs more than the rest of the symbol, and any of them can be read.
    code = segno.make(address, micro=False, error="m", boost_error=False, mask=2)
    return code.svg_data_uri(border=0, dark="#14313a", omitsize=True)


def name_styles(name: str) -> str:
    used = coverage.of(name).used
    families = ",".join(f'"{face.family}"' for face in used)
    height = 1.75 if set(used) & set(faces.TALL) else 1.28
    return f".name{{font-family:{families};font-size:{fitting.size(name)}pt;line-height:{height}}}"
