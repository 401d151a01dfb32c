import re

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from courses.files import FIGURES, FILES

_TYPES = {"svg": "image/svg+xml", "webp": "image/webp"}
_PICTURE = re.compile(r"[\w-]+\.(svg|webp)", re.ASCII)


@require_safe
def figure(request: HttpRequest, name: str) -> HttpResponse:
    """A picture of a lesson."""
    found = _PICTURE.fullmatch(name)
    if not found:
        raise Http404
    response = _kept(f"{FIGURES}/{name}", content_type=_TYPES[found[1]])
    # Opened by itself, an SVG is a page: this one may run and fetch nothing.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_safe
def file(request: HttpRequest, digest: str, title: str) -> HttpResponse:
    """A PDF to keep, under the name that its lesson gives it."""
    return _kept(f"{FILES}/{digest}.pdf", content_type="application/pdf", as_attachment=True, filename=f"{title}.pdf")


def _kept(name: str, **options: str | bool) -> FileResponse:
    """Named by its content: it may be cached for ever."""
    if not default_storage.exists(name):
        raise Http404
    response = FileResponse(default_storage.open(name), **options)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response
