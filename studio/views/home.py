from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import May, rights_of
from courses.services.modules import create_module
from studio.access import studio_page
from studio.forms.outline import ModuleForm
from studio.frame import render
from studio.presenting.home import cards
from studio.presenting.naming import named


@require_safe
@studio_page()
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "studio/home.html", {"modules": cards(rights_of(request.user))}, current="home")


@require_http_methods(["GET", "HEAD", "POST"])
@studio_page(May.EDIT_DRAFTS)
def new_module(request: HttpRequest) -> HttpResponse:
    form = ModuleForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "studio/new_module.html", {"form": form}, current="home", status=status)
    module = create_module(**form.titles, settings=form.cleaned_data["settings"], by=request.user)
    messages.success(
        request, _("“%(title)s” is there, with the steps every module needs.") % {"title": named(module, "title")}
    )
    return redirect(reverse("studio:outline", args=[module.key]))


urlpatterns = [
    path("", home, name="home"),
    path("new-module/", new_module, name="new-module"),
]
