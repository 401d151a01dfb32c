"""How a learner's page finds its certificate: through the signed-in user only.

Somebody else's code is answered like one that does not exist.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from certificates import queries
from certificates.models import Certificate
from support.carry import hold

View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """What was sent after the session had expired is on the page again after signing in."""

    @never_cache
    @wraps(view)
    def page(request: HttpRequest, **kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, **kwargs)
        if request.method == "POST":
            hold(request)
        return redirect_to_login(request.get_full_path(), reverse("accounts:sign-in"))

    return page


def own_certificate(view: View) -> View:
    """Calls `view(request, certificate, …)`."""

    @signed_in
    @wraps(view)
    def page(request: HttpRequest, code: str, **kwargs) -> HttpResponse:
        return view(request, own_or_404(request, code), **kwargs)

    return page


def own_or_404(request: HttpRequest, code: str) -> Certificate:
    certificate = queries.owned_by(request.user, code)
    if certificate is None:
        raise Http404
    return certificate
