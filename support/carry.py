"""Unsent choices travel with the language switch, and through a sign-in that has expired meanwhile.

A form page calls `carry` when its form was sent with `switch=<language>`, or `hold` when its sender must first sign in,
and fills the form from `carried` when it is asked for again. Only the newest form is kept, once, for a while, and only
up to a size that a session can bear. Nobody knows who sent a form without being signed in, and the next person at the
computer may be another one: `forget_unless_for` drops what was held when somebody signs in to go elsewhere.
"""

import time
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseRedirect, QueryDict

from support.languages import in_language

SESSION_KEY = "carried"
LONGEST = 20_000
SECONDS = 20 * 60  # a code works for fifteen minutes
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
        request.session[SESSION_KEY] = {"path": path, "choices": choices, "at": time.time()}


def forget_unless_for(request: HttpRequest, url: str) -> None:
    kept = request.session.get(SESSION_KEY)
    if kept and kept["path"] != urlsplit(url).path:
        del request.session[SESSION_KEY]


def carried(request: HttpRequest) -> QueryDict | None:
    """What was carried to this page; it can be read once."""
    kept = request.session.get(SESSION_KEY)
    if request.method != "GET" or kept is None or kept["path"] != request.path:
        return None
    del request.session[SESSION_KEY]
    return QueryDict(kept["choices"]) if time.time() - kept["at"] <= SECONDS else None


def _choices(posted: QueryDict) -> QueryDict:
    choices = posted.copy()
    for name in NOT_CARRIED & set(choices):
        del choices[name]
    return choices
