"""WeasyPrint, made ready once per process. Importing this takes seconds: only what draws does."""

import re
from importlib.resources import files
from io import BytesIO
from mimetypes import guess_type
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.css import ColorProfile
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from certificates import compacting, faces, ornaments, tagging

_ORNAMENTS = {"border.svg": ornaments.border, "seal.svg": ornaments.seal, "mark.svg": ornaments.mark}
_STYLES = Path(__file__).parent / "assets" / "paper.css"
_FACE = '@font-face{{font-family:"{0.family}";font-weight:{0.weight};font-style:{0.style};src:url(package:{0.file})}}'


class PackagedFiles(URLFetcher):
    """Serves ornaments, fonts and data URLs; anything else, and a missing font, stops the drawing."""

    def fetch(self, url: str, headers: dict | None = None) -> URLFetcherResponse:
        if url.startswith("data:"):
            return super().fetch(url, headers)
        name = url.removeprefix("package:")
        return URLFetcherResponse(url, self._body(name), {"Content-Type": guess_type(name)[0] or "font/woff2"})

    def _body(self, name: str) -> bytes:
        if name in _ORNAMENTS:
            return _ORNAMENTS[name]().encode()
        if name in {face.file for face in faces.PACKAGED_FACES}:
            return (faces.PACKAGED / name).read_bytes()
        raise ValueError(name)


# Under a name of its own, since under "srgb" WeasyPrint opens the profile for each document, and leaves it open.
_COLORS = "paper"
_PROFILE = (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()
_ARCHIVAL = {"pdf_variant": "pdf/a-2a", "pdf_tags": True, "output_intent": _COLORS}
_END = b"</rdf:RDF>"
# A file describes itself in XML, which cannot hold these; nobody sees them either.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ACCESSIBLE = (Path(__file__).parent / "assets" / "accessible.xml").read_bytes()

_fetcher = PackagedFiles(fail_on_errors=True, allowed_protocols=["data"])
# Shared by all documents: it makes drawing four times as fast. An image cache would keep every QR code for ever.
_fonts = FontConfiguration()
_styles = CSS(
    string="".join(_FACE.format(face) for face in faces.PACKAGED_FACES) + _STYLES.read_text(),
    font_config=_fonts,
    url_fetcher=_fetcher,
)

tagging.name_languages()


def pdf(html: str, styles: str) -> bytes:
    """One file that is PDF/UA-1, accessible, and PDF/A-2a, to be read for ever."""
    own = CSS(string=styles, font_config=_fonts, url_fetcher=_fetcher)
    page = HTML(string=_NOT_IN_XML.sub("", html), url_fetcher=_fetcher)
    document = page.render(stylesheets=[_styles, own], font_config=_fonts, **_ARCHIVAL)
    document.color_profiles[_COLORS] = ColorProfile(
        BytesIO(_PROFILE), "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"])
    )
    archival = document.metadata.generate_rdf_metadata
    document.metadata.generate_rdf_metadata = lambda *variant: _also_accessible(archival(*variant))
    return document.write_pdf(finisher=compacting.compact_fonts, **_ARCHIVAL)


def _also_accessible(metadata: bytes) -> bytes:
    """WeasyPrint names one standard only; PDF/A takes a second one's mark when the file also describes that mark."""
    return metadata.replace(_END, _ACCESSIBLE + _END)
