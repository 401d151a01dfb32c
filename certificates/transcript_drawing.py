"""The picture of a transcript: US Letter, accessible and made to last, as many pages as it takes."""

from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from certificates import coverage, transcript
from certificates.models import Transcript
from certificates.transcript import Listing

_STYLES = Path(__file__).parent / "assets" / "transcript.css"


def draw(asked: Transcript) -> bytes:
    """The same transcript gives the same bytes."""
    from certificates import engine  # a page must not wait for it

    listing = transcript.decode(asked.rows)
    with translation.override(asked.language):
        html = render_to_string("certificates/transcript_paper.html", _page(asked, listing))
    return engine.pdf(html, _STYLES.read_text() + _name_styles(listing))


def _page(asked: Transcript, listing: Listing) -> dict:
    return {
        "language": asked.language,
        "asked_on": timezone.localdate(asked.asked_at),
        "asked_at": asked.asked_at,
        "listing": listing,
        "totals": transcript.totals(listing.entries),
        "verify_at": settings.SITE_URL.partition("://")[2] + reverse("verify"),
        "demonstration": settings.DEMO,
    }


def _name_styles(listing: Listing) -> str:
    names = "".join(sorted({entry.printed_name for entry in listing.entries}))
    families = ",".join(f'"{face.family}"' for face in coverage.of(names).used)
    return f".transcript__name{{font-family:{families}}}"
