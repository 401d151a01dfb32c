"""What a module says of itself, whom it is for, what it teaches, what it is worth and where its facts come from."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import May, rights_of
from courses.models import Module, Setting
from courses.parts import PARTS
from courses.services.branches import use_setting
from learning.errors import LearnersAffected
from learning.queries import learners_on
from learning.services.branches import close_branch
from studio.access import studio_page
from studio.forms.parts import form_for
from studio.frame import render
from studio.listing import listed
from studio.presenting.columns import name_of
from studio.presenting.surroundings import Surroundings
from support.numbers import whole


@require_safe
@studio_page(May.READ_DRAFTS)
def details(request: HttpRequest, module: Module) -> HttpResponse:
    rights = rights_of(request.user)
    sections = list(module.sections.filter(archived=False))
    around = Surroundings(module, rights, [module, *sections])
    used = list(module.settings.all())
    context = {
        "module": module,
        "form": form_for(PARTS["module"], module, around),
        "sections": [form_for(PARTS["section"], section, around) for section in sections],
        "used": [{"key": setting.key, "name": name_of(setting, "name")} for setting in used],
        "unused": [(setting.key, name_of(setting, "name")) for setting in Setting.live.all() if setting not in used],
        "objectives": listed(PARTS["objective"], module, rights),
        "offers": listed(PARTS["offer"], module, rights),
        "sources": listed(PARTS["source"], module, rights),
    }
    return render(request, "studio/details.html", context, current="details")


def _details_url(module: Module) -> str:
    return f"{reverse('studio:details', args=[module.key])}#settings"


@require_POST
@studio_page(May.EDIT_DRAFTS)
def add_setting(request: HttpRequest, module: Module) -> HttpResponse:
    key = request.POST.get("setting")
    setting = next((row for row in Setting.live.all() if row.key == key), None)
    if setting is None:
        raise Http404
    use_setting(module=module, setting=setting.key, by=request.user)
    messages.success(request, _("The module is now also for: %(setting)s.") % {"setting": name_of(setting, "name")})
    return redirect(_details_url(module))


@require_http_methods(["GET", "HEAD", "POST"])
@studio_page(May.EDIT_DRAFTS)
def drop_setting(request: HttpRequest, module: Module, setting: str) -> HttpResponse:
    """Says first how many learners are on that path; the POST confirms the number that was shown."""
    found = module.settings.filter(key=setting).first()
    if found is None:
        raise Http404
    affected = learners_on(module, setting)
    changed = False
    if request.method == "POST":
        try:
            close_branch(module=module, setting=setting, acknowledged=_shown(request), by=request.user)
        except LearnersAffected as error:
            affected, changed = error.count, True
        else:
            name = name_of(found, "name")
            messages.success(request, _("The draft is no longer for: %(setting)s.") % {"setting": name})
            return redirect(_details_url(module))
    context = {
        "module": module,
        "setting": name_of(found, "name"),
        "affected": affected,
        "changed": changed,
        "own_steps": [name_of(step, "title") for step in module.steps.filter(archived=False, settings=found)],
        "back_url": _details_url(module),
    }
    return render(request, "studio/drop_setting.html", context, current="details", status=409 if changed else 200)


def _shown(request: HttpRequest) -> int:
    number = whole(request.POST.get("affected", ""), 9)
    return -1 if number is None else number


@require_safe
@studio_page(May.READ_DRAFTS)
def settings(request: HttpRequest) -> HttpResponse:
    rows = listed(PARTS["setting"], None, rights_of(request.user))
    return render(request, "studio/settings.html", {"rows": rows}, current="settings")


urlpatterns = [
    path("modules/<slug:module>/details/", details, name="details"),
    path("modules/<slug:module>/details/settings/", add_setting, name="add-setting"),
    path("modules/<slug:module>/details/settings/<slug:setting>/remove/", drop_setting, name="drop-setting"),
    path("settings/", settings, name="settings"),
]
