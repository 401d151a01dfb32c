"""Unsent choices travel with the language switch, and through a sign-in that has expired meanwhile.

A form page calls `carry` when its form was sent with `switch=<language>`, or `hold` when its sender must first sign in,
and fills the form from `carried` when it is asked for again. Only the newest form is kept, once, and only up to a size
that a session can bear.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseRedirect, QueryDict

from support.languages import in_language

SESSION_KEY = "carried"
LONGEST = 20_000
NOT_CARRIED = {"csrfmiddlewaretoken", "switch"}


def carry(request: HttpRequest, to_language: str) -> HttpResponseRedirect:
    """To the same page in the other language, with what was typed or chosen here."""
    if to_language not in dict(settings.LANGUAGES):
        raise Http404
    target = in_language(request, to_language)
    _keep(request, urlsplit(target).path)
    return HttpResponseRedirect(target)


def hold(request: HttpRequest) -> None:
    """Keeps what was typed or chosen here until this page is asked for again."""
    _keep(request, request.path)


def _keep(request: HttpRequest, path: str) -> None:
    choices = _choices(request.POST).urlencode()
    if choices and len(choices) <= LONGEST:
        request.session[SESSION_KEY] = {"path": path, "choices": choices}


def carried(request: HttpRequest) -> QueryDict | None:
    """What was carried to this page; it can be read once."""
    kept = request.session.get(SESSION_KEY)
    if request.method != "GET" or kept is None or kept["path"] != request.path:
        return None
    del request.session[SESSION_KEY]
    return QueryDict(kept["choices"])


def _choices(posted: QueryDict) -> QueryDict:
    choices = posted.copy()
    for name in NOT_CARRIED & set(choices):
        del choices[name]
    return choices
