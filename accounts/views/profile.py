from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from rest_framework.authtoken.models import Token

from accounts.forms import ProfileForm
from accounts.models import User
from accounts.queries import profile_of
from accounts.services import make_token, revoke_token, save_profile
from support.carry import carried, carry


@never_cache
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    if language := request.POST.get("switch"):
        return carry(request, language)
    unsent = carried(request)
    form = ProfileForm(request.POST or None, initial=unsent.dict() if unsent else stored(request.user))
    if form.is_valid():
        save_profile(user=request.user, by=request.user, **form.cleaned_data)
        return _saved(request, form.cleaned_data["language"])
    token = Token.objects.filter(user=request.user).first()
    return render(request, "accounts/profile.html", {"form": form, "token": token})


def stored(user: User) -> dict:
    profile = profile_of(user)
    return {
        "printed_name": profile.printed_name,
        "profession": profile.profession,
        "state": profile.state,
        "setting": profile.setting,
        "language": user.language,
    }


def _saved(request: HttpRequest, language: str) -> HttpResponse:
    with override(language):
        messages.success(request, _("Your profile is saved."))
    return redirect(translate_url(request.path, language))


@require_POST
@login_required
def token(request: HttpRequest) -> HttpResponse:
    if "revoke" in request.POST:
        revoke_token(user=request.user, by=request.user)
        messages.success(request, _("The access key is deleted and no longer works."))
    else:
        make_token(user=request.user, by=request.user)
        messages.success(request, _("Your new access key is ready."))
    return redirect(reverse("accounts:profile") + "#access-key")
