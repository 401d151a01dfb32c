"""WeasyPrint, made ready once per process. Importing this takes seconds: only what draws does."""

from mimetypes import guess_type
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from certificates import faces, ornaments

_ORNAMENTS = {"border.svg": ornaments.border, "seal.svg": ornaments.seal, "mark.svg": ornaments.mark}
_STYLES = Path(__file__).parent / "assets" / "paper.css"
_FACE = '@font-face{{font-family:"{0.family}";font-weight:{0.weight};src:url(package:{0.file})}}'


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
        if name in {face.file for face in (*faces.HEADING, *faces.TEXT)}:
            return (faces.PACKAGED / name).read_bytes()
        raise ValueError(name)


_fetcher = PackagedFiles(fail_on_errors=True, allowed_protocols=["data"])
# Shared by all documents: it makes drawing four times as fast. An image cache would keep every QR code for ever.
_fonts = FontConfiguration()
_styles = CSS(
    string="".join(_FACE.format(face) for face in (*faces.HEADING, *faces.TEXT)) + _STYLES.read_text(),
    font_config=_fonts,
    url_fetcher=_fetcher,
)


def pdf(html: str, styles: str) -> bytes:
    own = CSS(string=styles, font_config=_fonts, url_fetcher=_fetcher)
    page = HTML(string=html, url_fetcher=_fetcher)
    return page.write_pdf(stylesheets=[_styles, own], font_config=_fonts, pdf_variant="pdf/ua-1", pdf_tags=True)
