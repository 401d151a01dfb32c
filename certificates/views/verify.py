from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_request, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from certificates import codes, limits, queries
from certificates.forms import CodeForm
from certificates.models import Certificate
from certificates.presenting.verified import verified
from support.languages import other_language


@require_safe
def any_language(request: HttpRequest, code: str = "") -> HttpResponse:
    code = code.rstrip("/")  # as people type it; also before “keys” and “file”, which are pages of their own
    with override(get_language_from_request(request)):
        url = reverse("certificates:verified", args=[code]) if code else reverse("certificates:verify")
    response = redirect(url)
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@require_safe
@never_cache
def form(request: HttpRequest) -> HttpResponse:
    if "code" not in request.GET:
        return answer(request, "verify.html", {"form": CodeForm()})
    if not request.GET["code"].strip():
        return answer(request, "verify.html", {"form": CodeForm(request.GET)}, status=422)
    if code := codes.parse(request.GET["code"]):
        return redirect("certificates:verified", codes.shown(code))
    return too_many(request) or _unknown(request)


@require_safe
@never_cache
def result(request: HttpRequest, code: str) -> HttpResponse:
    if refusal := too_many(request):
        return refusal
    certificate = queries.with_code(code)
    if certificate is None:
        return _unknown(request)
    return answer(request, "verified.html", said(certificate) | {"successor": _successor(request, certificate)})


def said(certificate: Certificate) -> dict:
    """What the verdict and the facts of a page need."""
    found = verified(certificate, get_language())
    return {"certificate": certificate, "status": found.status, "verified": found}


def too_many(request: HttpRequest) -> HttpResponse | None:
    seconds = limits.wait(request)
    if not seconds:
        return None
    response = answer(request, "verify_wait.html", {"seconds": seconds} | _without_address(request), status=429)
    response["Retry-After"] = str(seconds)
    return response


def answer(request: HttpRequest, template: str, context: dict, status: int = 200) -> HttpResponse:
    response = render(request, f"certificates/{template}", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def _successor(request: HttpRequest, certificate: Certificate) -> Certificate | None:
    """The new code is for the holder to give."""
    if certificate.replaced_at is None or not request.user.is_authenticated:
        return None
    return queries.successor_for(request.user, certificate)


def _unknown(request: HttpRequest) -> HttpResponse:
    """One answer for a code that is wrong and one that was never issued, without a trace of what was asked for."""
    context = {"form": CodeForm(), "unknown": True} | _without_address(request)
    return answer(request, "verify.html", context, status=404)


def _without_address(request: HttpRequest) -> dict:
    language = other_language(request)
    return {
        "other_language": None,
        "form_in": language | {"url": translate_url(reverse("certificates:verify"), language["code"])},
    }
