from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.exceptions import LastAdministrator
from accounts.forms import CloseForm
from accounts.queries import is_last_administrator
from accounts.services import close_account


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def close(request: HttpRequest) -> HttpResponse:
    """What goes, what stays and why; then, once confirmed, it is done."""
    form = CloseForm(request.POST or None, address=request.user.email)
    if form.is_valid():
        try:
            return _closed(request)
        except LastAdministrator:
            form = CloseForm(address=request.user.email)
    page = {
        "form": form,
        "is_last_administrator": is_last_administrator(request.user),
        "retention_years": settings.CERTIFICATE_RETENTION_YEARS,
    }
    return render(request, "accounts/close.html", page, status=422 if form.errors else 200)


def _closed(request: HttpRequest) -> HttpResponse:
    close_account(user=request.user, by=request.user)
    logout(request)
    messages.success(request, _("Your account is closed. Whoever has the code of a certificate can still verify it."))
    return redirect("accounts:sign-in")
