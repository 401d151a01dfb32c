from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def figure(request: HttpRequest, name: str) -> HttpResponse:
    """A picture of a lesson, named by its content: it may be cached for ever."""
    path = f"figures/{name}"
    if "/" in name or not name.endswith(".svg") or not default_storage.exists(path):
        raise Http404
    response = FileResponse(default_storage.open(path), content_type="image/svg+xml")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    # Opened by itself, an SVG is a page: this one may run and fetch nothing.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
