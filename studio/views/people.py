from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.exceptions import LastAdministrator, NobodyThere
from accounts.models import RoleGrant
from accounts.permissions import May, Rights
from accounts.services import grant_role, revoke_role
from studio.access import studio_page
from studio.forms.people import RoleForm
from studio.frame import render
from studio.presenting.people import history, holders, matrix


@require_http_methods(["GET", "HEAD", "POST"])
@studio_page(May.GRANT_ROLES)
def people(request: HttpRequest) -> HttpResponse:
    form = RoleForm(request.POST or None)
    if form.is_valid():
        try:
            granted = grant_role(**form.cleaned_data, by=request.user)
        except NobodyThere:
            form.add_error("email", _no_account())
        else:
            person = {"email": granted.user.email}
            messages.success(request, _("%(email)s has the role from now on.") % person)
            return redirect("studio:people")
    context = {"form": form, "holders": holders(request.user), "history": history(), "matrix": matrix()}
    return render(request, "studio/people.html", context, current="people", status=422 if form.errors else 200)


def _no_account() -> str:
    return _("Nobody has signed in with this address yet, or the account is closed. Ask them to sign in here once.")


@require_POST
@studio_page(May.GRANT_ROLES)
def revoke(request: HttpRequest, grant: int) -> HttpResponse:
    found = get_object_or_404(RoleGrant.objects.select_related("user"), pk=grant)
    try:
        revoke_role(grant=found, by=request.user)
        messages.success(request, _("The role is taken away from %(email)s.") % {"email": found.user.email})
    except LastAdministrator:
        messages.error(request, _("Nothing was taken away: somebody must be left who can grant roles."))
    still_here = Rights(request.user).may(May.GRANT_ROLES)
    return redirect("studio:people" if still_here else "learning:training")


urlpatterns = [
    path("people/", people, name="people"),
    path("people/grants/<int:grant>/", revoke, name="revoke-role"),
]
