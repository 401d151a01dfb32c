"""A module's texts as a file for a professional translator, and that file back (docs/exchange.md)."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import May, rights_of
from courses.choices import LOCALES
from courses.exchange.comparing import Compared, Outcome, compare
from courses.exchange.reading import Delivery, Refused, Why, read
from courses.exchange.xliff import write
from courses.models import Module
from courses.services import pending
from courses.services.exchange import job_of, take_back
from courses.texts import texts_of
from studio.access import studio_page
from studio.forms.desk import FileForm
from studio.frame import render
from studio.presenting.exchange import REFUSALS, counts_of, shown, worth_showing
from studio.wording import LANGUAGES

PER_PAGE = 50
Files = tuple[Delivery, ...]


@require_safe
@studio_page(May.READ_DRAFTS)
def xliff_export(request: HttpRequest, module: Module, locale: str) -> HttpResponse:
    if locale not in LOCALES:
        raise Http404
    job = job_of(module, locale, only_open="open" in request.GET)
    response = HttpResponse(write(job), content_type="application/xliff+xml")
    response["Content-Disposition"] = f'attachment; filename="{module.key}-{job.source}-{job.target}.xlf"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@studio_page(May.TRANSLATE)
def xliff_import(request: HttpRequest, module: Module) -> HttpResponse:
    """First the file, then what it would change, and only then the words."""
    if "drop" in request.POST:
        pending.drop(by=request.user)
        return redirect("studio:desk", module.key)
    if "accept" in request.POST:
        return _accept(request, module, request.POST["accept"])
    if request.method == "POST":
        return _upload(request, module)
    if token := request.GET.get("file"):
        return _comparison(request, module, token)
    return _ask(request, module, FileForm())


def _ask(request: HttpRequest, module: Module, form: FileForm, status: int = 200) -> HttpResponse:
    return render(request, "studio/xliff_import.html", {"module": module, "form": form}, current="desk", status=status)


def _upload(request: HttpRequest, module: Module) -> HttpResponse:
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask(request, module, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    content = form.cleaned_data["file"]
    try:
        files = read(content)
        compare(job_of(module, _target(request, files)), files)
    except Refused as refusal:
        return _refused(request, module, form, refusal)
    token = pending.keep(content=content, by=request.user)
    return redirect(f"{reverse('studio:xliff-import', args=[module.key])}?file={token}")


def _refused(request: HttpRequest, module: Module, form: FileForm, refusal: Refused) -> HttpResponse:
    form.add_error("file", REFUSALS[refusal.why])
    return _ask(request, module, form, HTTPStatus.UNPROCESSABLE_ENTITY)


def _target(request: HttpRequest, files: Files) -> str:
    """The language the file is translated into, where its sender may write it. Raises Refused."""
    target = files[0].target
    if target not in LOCALES:
        raise Refused(Why.OTHER_LANGUAGES)
    if not rights_of(request.user).may_write(target):
        raise PermissionDenied
    return target


def _kept(request: HttpRequest, token: str) -> tuple[Files, str]:
    """The files and the language they are translated into. Raises Refused, also when nothing is kept any more."""
    files = read(pending.kept(token, request.user) or b"")
    return files, _target(request, files)


def _comparison(request: HttpRequest, module: Module, token: str) -> HttpResponse:
    try:
        files, target = _kept(request, token)
        compared = compare(job_of(module, target), files)
    except Refused:  # it was kept for another module, or is a package
        return _gone(request, module)
    page = Paginator(worth_showing(compared), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "module": module,
        "token": token,
        "query": f"file={token}",
        "target": target,
        "language": LANGUAGES[target],
        "counts": counts_of(compared),
        "to_write": _to_write(compared),
        "page": page,
        "items": shown(module, page, texts_of(module)),
    }
    return render(request, "studio/xliff_comparison.html", context, current="desk")


def _gone(request: HttpRequest, module: Module) -> HttpResponse:
    messages.warning(request, _("This file is not kept any more. Please choose it again."))
    return redirect("studio:xliff-import", module.key)


def _to_write(compared: list[Compared]) -> int:
    return sum(item.outcome is Outcome.WRITE for item in compared)


def _accept(request: HttpRequest, module: Module, token: str) -> HttpResponse:
    try:
        files, target = _kept(request, token)
        written = _to_write(take_back(module=module, files=files, target=target, by=request.user))
    except Refused:
        return _gone(request, module)
    pending.drop(by=request.user)
    said = ngettext("%(count)d translation was written.", "%(count)d translations were written.", written)
    messages.success(request, said % {"count": written})
    return redirect("studio:desk", module.key)


urlpatterns = [
    path("modules/<slug:module>/translations/xliff/<slug:locale>/", xliff_export, name="xliff-export"),
    path("modules/<slug:module>/translations/import/", xliff_import, name="xliff-import"),
]
