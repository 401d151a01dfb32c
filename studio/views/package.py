"""A module as files: taken out as a ZIP file, and brought in again after a look at what would change."""

from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import May
from courses.errors import Conflict
from courses.models import Module
from courses.packages.archive import ArchiveRefused, open_package, pack
from courses.packages.exporter import export
from courses.packages.package import Package
from courses.services import pending
from courses.services.importing import foresee_import, import_package, stored_settings
from studio.access import studio_page
from studio.forms.package import PackageForm
from studio.frame import render
from studio.presenting.package import KINDS, counted, problems_in_words, refusal, said_of, shown, texts_counted
from support.numbers import whole

PER_PAGE = 50
MOST_PROBLEMS = 200
MOST_DIGITS = 18


@require_safe
@studio_page(May.READ_DRAFTS)
def package(request: HttpRequest, module: Module) -> HttpResponse:
    return _ask(request, module, PackageForm())


@require_safe
@studio_page(May.READ_DRAFTS)
def package_export(request: HttpRequest, module: Module) -> HttpResponse:
    response = HttpResponse(pack(module.key, export(module)), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{module.key}.zip"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@studio_page(May.EDIT_DRAFTS)
def package_import(request: HttpRequest, module: Module) -> HttpResponse:
    return _import(request, module)


@require_http_methods(["GET", "HEAD", "POST"])
@studio_page(May.EDIT_DRAFTS)
def package_new(request: HttpRequest) -> HttpResponse:
    """A module that is not here yet."""
    return _import(request, None)


def _import(request: HttpRequest, module: Module | None) -> HttpResponse:
    """First the file, then what it would change, and only then the draft."""
    if "drop" in request.POST:
        pending.drop(by=request.user)
        return redirect(_address(module))
    if "accept" in request.POST:
        return _accept(request, module)
    if request.method == "POST":
        return _upload(request, module)
    if token := request.GET.get("file"):
        return _difference(request, module, token)
    return _ask(request, module, PackageForm())


def _address(module: Module | None, name: str = "package") -> str:
    return reverse(f"studio:{name}", args=[module.key]) if module else reverse("studio:package-new")


def _current(module: Module | None) -> str:
    return "package" if module else "home"


def _ask(request: HttpRequest, module: Module | None, form: PackageForm, **context) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context |= {"module": module, "form": form, "action": _address(module, "package-import")}
    return render(request, "studio/package.html", context, current=_current(module), status=status)


def _upload(request: HttpRequest, module: Module | None) -> HttpResponse:
    form = PackageForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask(request, module, form)
    content = form.cleaned_data["file"]
    try:
        found, problems = open_package(content, stored_settings())
    except ArchiveRefused as refused:
        form.add_error("file", refusal(refused))
        return _ask(request, module, form)
    if problems:
        form.add_error("file", _("This package has problems; they are listed below. Nothing was changed."))
    elif not _fits(found, module):
        form.add_error("file", _misplaced(found, module))
    if form.errors:
        return _ask(request, module, form, problems=problems_in_words(problems[:MOST_PROBLEMS]))
    token = pending.keep(content=content, by=request.user)
    return redirect(f"{_address(module, 'package-import')}?file={token}")


def _fits(package: Package, module: Module | None) -> bool:
    """A file is brought into its own module, or makes one that is not here yet."""
    if module:
        return package.module.key == module.key
    return not Module.objects.filter(key=package.module.key).exists()


def _misplaced(package: Package, module: Module | None) -> str:
    names = {"key": package.module.key, "here": module.key if module else ""}
    if module:
        return _("This is the package of “%(key)s”, not of “%(here)s”.") % names
    return _("There is a module “%(key)s” already. Bring the file in on its page “Files”.") % names


def _kept(request: HttpRequest, module: Module | None, token: str) -> Package | None:
    """Read anew: settings, and so what a package may name, can have changed since."""
    content = pending.kept(token, request.user)
    try:
        found, _problems = open_package(content or b"", stored_settings())
    except ArchiveRefused:
        return None
    return found if found and _fits(found, module) else None


def _gone(request: HttpRequest, module: Module | None) -> HttpResponse:
    messages.warning(request, _("This file is not kept any more. Please choose it again."))
    return redirect(_address(module))


def _difference(request: HttpRequest, module: Module | None, token: str) -> HttpResponse:
    found = _kept(request, module, token)
    if found is None:
        return _gone(request, module)
    written, base = foresee_import(package=found, by=request.user)
    page = Paginator(written, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "module": module,
        "key": found.module.key,
        "action": _address(module, "package-import"),
        "token": token,
        "base": base,
        "query": f"file={token}",
        "kinds": [label for _mark, label in KINDS.values()],
        "counts": counted(written),
        "texts": texts_counted(written),
        "page": page,
        "items": [shown(item) for item in page],
    }
    return render(request, "studio/package_difference.html", context, current=_current(module))


def _accept(request: HttpRequest, module: Module | None) -> HttpResponse:
    token, base = request.POST["accept"], whole(request.POST.get("base", ""), MOST_DIGITS)
    if base is None:
        raise Http404
    found = _kept(request, module, token)
    if found is None:
        return _gone(request, module)
    try:
        imported, written = import_package(package=found, by=request.user, base=base)
    except Conflict:
        messages.warning(
            request,
            _("Somebody has changed the draft meanwhile. Nothing was brought in; look at what it would do now."),
        )
        return redirect(f"{_address(module, 'package-import')}?file={token}")
    pending.drop(by=request.user)
    messages.success(request, said_of(written))
    return redirect("studio:outline", imported.key)


urlpatterns = [
    path("packages/", package_new, name="package-new"),
    path("modules/<slug:module>/package/", package, name="package"),
    path("modules/<slug:module>/package/export/", package_export, name="package-export"),
    path("modules/<slug:module>/package/import/", package_import, name="package-import"),
]
