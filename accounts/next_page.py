"""Where somebody wanted to go when they were asked to sign in."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse, translate_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_from_path, override


def wanted(request: HttpRequest) -> str:
    """The page asked for, or nothing when it is not one of ours."""
    url = request.POST.get("next") or request.GET.get("next", "")
    ours = url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
    return url if ours else ""


def destination(request: HttpRequest, language: str) -> str:
    """Where to go after signing in, in the language that was chosen meanwhile."""
    url = wanted(request) or resolve_url(settings.LOGIN_REDIRECT_URL)
    with override(get_language_from_path(url) or language):  # an address is understood only in its own language
        return translate_url(url, language)


def redirect_keeping_next(request: HttpRequest, view_name: str) -> HttpResponseRedirect:
    url, next_url = reverse(view_name), wanted(request)
    return HttpResponseRedirect(f"{url}?{urlencode({'next': next_url})}" if next_url else url)
