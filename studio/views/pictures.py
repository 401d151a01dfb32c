from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.permissions import May, rights_of
from courses.choices import LOCALES, BlockKind
from courses.errors import Conflict, Refusal, UploadRefused
from courses.models import Block, Module
from courses.services.pictures import put_file, store_upload
from studio.access import studio_page
from studio.frame import render
from studio.links import url_of_row
from studio.presenting.uploads import REFUSALS, upload_of


@require_http_methods(["GET", "HEAD", "POST"])
@studio_page(May.EDIT_DRAFTS, May.TRANSLATE)
def picture(request: HttpRequest, module: Module, row: int, locale: str) -> HttpResponse:
    """The picture of a figure in one language."""
    return _upload(request, module, _block(module, row, BlockKind.FIGURE), locale)


@require_http_methods(["GET", "HEAD", "POST"])
@studio_page(May.EDIT_DRAFTS, May.TRANSLATE)
def file(request: HttpRequest, module: Module, row: int, locale: str) -> HttpResponse:
    """The file of a download in one language."""
    return _upload(request, module, _block(module, row, BlockKind.DOWNLOAD), locale)


def _block(module: Module, row: int, kind: str) -> Block:
    return get_object_or_404(Block.live.select_related("step"), pk=row, step__module=module, kind=kind)


def _upload(request: HttpRequest, module: Module, block: Block, locale: str) -> HttpResponse:
    if locale not in LOCALES:
        raise Http404
    locales = [locale, *(other for other in LOCALES if other != locale and "both" in request.POST)]
    if not all(rights_of(request.user).may_write(each) for each in locales):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, module, block, locale)
    try:
        name = "" if "remove" in request.POST else _stored(request, block)
        shown = request.POST.get("shown", "")
        put_file(block=block.pk, module=module, locales=locales, name=name, shown=shown, by=request.user)
    except UploadRefused as refused:
        return _page(request, module, block, locale, REFUSALS[refused.why], 422)
    except Conflict:
        block.refresh_from_db()
        error = _(
            "Somebody else changed it meanwhile. Look at what is there now; then send yours again if it is better."
        )
        return _page(request, module, block, locale, error, 409)
    messages.success(request, _("Removed.") if not name else _("Uploaded."))
    return redirect(url_of_row(module, block))


def _stored(request: HttpRequest, block: Block) -> str:
    if "upload" not in request.FILES:
        raise UploadRefused(Refusal.EMPTY)
    return store_upload(kind=block.kind, upload=request.FILES["upload"])


def _page(
    request: HttpRequest, module: Module, block: Block, locale: str, error: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "module": module,
        "upload": upload_of(module, block, locale, rights_of(request.user), error),
        "back": url_of_row(module, block),
    }
    return render(request, "studio/upload.html", context, current="outline", status=status)


_AT = "modules/<slug:module>/parts/block/<int:row>"
urlpatterns = [
    path(f"{_AT}/picture/<slug:locale>/", picture, name="picture-upload"),
    path(f"{_AT}/file/<slug:locale>/", file, name="file-upload"),
]
