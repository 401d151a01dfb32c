from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_request, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from certificates import codes, limits, queries
from certificates.forms import CodeForm
from support.languages import other_language


@require_safe
def any_language(request: HttpRequest, code: str = "") -> HttpResponse:
    with override(get_language_from_request(request)):
        url = reverse("certificates:verified", args=[code]) if code else reverse("certificates:verify")
    response = redirect(url)
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@require_safe
@never_cache
def form(request: HttpRequest) -> HttpResponse:
    if "code" not in request.GET:
        return _page(request, {"form": CodeForm()})
    if code := codes.parse(request.GET["code"]):
        return redirect("certificates:verified", codes.shown(code))
    return _too_many(request) or _unknown(request)


@require_safe
@never_cache
def result(request: HttpRequest, code: str) -> HttpResponse:
    if refusal := _too_many(request):
        return refusal
    certificate = queries.with_code(code)
    if certificate is None:
        return _unknown(request)
    page = {
        "certificate": certificate,
        "facts": certificate.document,
        "status": certificate.status(timezone.localdate()),
        "described": queries.described(certificate, get_language()),
    }
    return _page(request, page)


def _unknown(request: HttpRequest) -> HttpResponse:
    """One answer for a code that is wrong and one that was never issued, without a trace of what was asked for."""
    return _page(request, {"form": CodeForm(), "unknown": True} | _without_address(request), status=404)


def _too_many(request: HttpRequest) -> HttpResponse | None:
    seconds = limits.wait(request)
    if not seconds:
        return None
    response = _page(request, {"seconds": seconds} | _without_address(request), status=429)
    response["Retry-After"] = str(seconds)
    return response


def _without_address(request: HttpRequest) -> dict:
    language = other_language(request)
    return {
        "other_language": None,
        "form_in": language | {"url": translate_url(reverse("certificates:verify"), language["code"])},
    }


def _page(request: HttpRequest, context: dict, status: int = 200) -> HttpResponse:
    response = render(request, "certificates/verify.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response
