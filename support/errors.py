"""Error pages, in the language of the address, else of the cookie, else of the browser."""

import logging
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_from_request, override

from support.queries import help_lines

logger = logging.getLogger(__name__)

LAST_RESORT = """<!doctype html><html lang="en"><meta charset="utf-8"><title>SOAR Online</title>
<p>Something went wrong. Please try again in a few minutes. In an emergency, call <a href="tel:911">911</a>.</p>
<p lang="es">Algo salió mal. Inténtelo de nuevo en unos minutos. En una emergencia, llame al <a href="tel:911">911</a>.
</p></html>"""


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "404.html", 404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "403.html", 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, "support/csrf_failure.html", 403, {"back": _page_before(request)})


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _plain_page(request, "400.html", 400)


def server_error(request: HttpRequest) -> HttpResponse:
    return _plain_page(request, "500.html", 500)


def _page(request: HttpRequest, template: str, status: int, context: dict | None = None) -> HttpResponse:
    with override(get_language_from_request(request, check_path=True)):
        return HttpResponse(render_to_string(template, context, request), status=status)


def _plain_page(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """Without the request, whose host, session or person may be what is wrong."""
    language = get_language_from_request(request, check_path=True)
    try:
        with override(language):
            page = render_to_string(template, {"help_lines": help_lines(language)})
    except Exception:  # with the database or a template broken, words still beat a blank page
        logger.exception("The error page failed too")
        page = LAST_RESORT
    return HttpResponse(page, status=status)


def _page_before(request: HttpRequest) -> str:
    """Where the form stood, if it was one of ours."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        return ""
    parts = urlsplit(referer)
    if parts.path.startswith(("//", "/\\")):  # without its host, such a path would name another
        return ""
    return parts._replace(scheme="", netloc="", fragment="").geturl()
