"""The choices of a preview, and the pages that are not a step. Nothing is written: no row stands behind anything."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import May
from courses.models import Module
from learning.presenting import pages
from studio.access import studio_page
from studio.forms.preview import PreviewForm
from studio.frame import render
from studio.presenting.preview_links import plan
from studio.presenting.previewed import Drawn, Preview, notice
from studio.previewing import begin, preview_page
from support.languages import current_language


@require_safe
@studio_page(May.READ_DRAFTS)
def choices(request: HttpRequest, module: Module) -> HttpResponse:
    form = PreviewForm(request.GET, module)
    context = {"module": module, "form": form}
    if not form.is_valid():
        return render(request, "studio/preview.html", context, current="preview", status=422)
    context["plan"] = plan(begin(request, form).learner, current_language())
    return render(request, "studio/preview.html", context, current="preview")


@preview_page
def module_page(preview: Preview) -> Drawn:
    learner = preview.learner
    return Drawn(pages.module(learner.content, preview.edition.number, preview.locale, addresses=preview.addresses))


@preview_page
def setting_page(preview: Preview) -> Drawn | str:
    chosen = (preview.posted or preview.typed).get("setting", "")
    if preview.posted is not None and preview.learner.content.setting(chosen):
        return preview.choosing(setting=chosen).addresses.path("")
    unchosen = preview.posted is not None
    page = pages.choose_setting(
        preview.learner.content,
        preview.edition.number,
        preview.locale,
        chosen or preview.choices.setting,
        unchosen,
        addresses=preview.addresses,
    )
    return Drawn(page, status=422 if unchosen else 200)


@preview_page
def path_page(preview: Preview) -> Drawn:
    return Drawn(pages.path(preview.learner, preview.locale, addresses=preview.addresses))


@preview_page
def certificate_page(preview: Preview) -> Drawn:
    return notice(
        preview, _("Here a learner confirms the printed name, and the certificate is drawn. A preview issues none.")
    )


_here = "modules/<slug:module>/preview/"
urlpatterns = [
    path(_here, choices, name="preview"),
    path(f"{_here}module/", module_page, name="preview-module"),
    path(f"{_here}setting/", setting_page, name="preview-setting"),
    path(f"{_here}path/", path_page, name="preview-path"),
    path(f"{_here}certificate/", certificate_page, name="preview-certificate"),
]
