"""How a studio page is opened: signed in, with the right the page names, on a module that exists."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.permissions import May, rights_of
from courses.models import Module
from support.carry import hold

StudioView = Callable[..., HttpResponse]


def studio_page(*needed: May) -> Callable[[StudioView], StudioView]:
    """For whoever may do one of `needed`; without any named, for everyone who holds a role.

    A view with a parameter called `module` is given the Module for its key. The rights needed stay on the view, so that
    a test can hold every address against the table of roles.
    """

    def decorate(view: StudioView) -> StudioView:
        @wraps(view)
        def page(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                hold(request)  # what was typed comes back after signing in
                return redirect_to_login(request.get_full_path(), reverse("accounts:sign-in"))
            rights = rights_of(request.user)
            if not rights.may_enter_studio() or (needed and not any(rights.may(what) for what in needed)):
                raise PermissionDenied
            if "module" in kwargs:
                kwargs["module"] = get_object_or_404(Module, key=kwargs["module"])
            return view(request, *args, **kwargs)

        page.needs = frozenset(needed)
        return page

    return decorate
