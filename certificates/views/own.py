"""The learner's own pages. Somebody else's code is answered like one that does not exist."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.queries import profile_of
from certificates import files, names, queries, services
from certificates.forms import NameForm
from certificates.models import Certificate
from support.carry import carried, carry


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def name(request: HttpRequest, module: str) -> HttpResponse:
    completion = queries.completion_of(request.user, module)
    if completion is None:
        messages.info(request, _("Your certificate comes when the module is complete."))
        return redirect(settings.LOGIN_REDIRECT_URL)
    if issued := queries.newest_of(completion):
        return redirect("certificates:certificate", issued.shown_code)
    if language := request.POST.get("switch"):
        return carry(request, language)
    form = NameForm(request.POST or None, initial=_initial(request))
    if form.is_valid() and "look" not in request.POST:
        certificate = services.issue(completion=completion, locale=get_language(), by=request.user, **form.cleaned_data)
        return redirect("certificates:certificate", certificate.shown_code)
    return render(request, "certificates/name.html", {"form": form, "printed": _printed(form)})


@never_cache
@login_required
@require_safe
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    certificate = _own(request, code)
    page = {
        "certificate": certificate,
        "facts": certificate.document,
        "status": certificate.status(timezone.localdate()),
        "described": queries.described(certificate, get_language()),
        "file_url": _file_url(certificate),
    }
    return render(request, "certificates/certificate.html", page)


@never_cache
@login_required
@require_safe
def status(request: HttpRequest, code: str) -> JsonResponse:
    url = _file_url(_own(request, code))
    return JsonResponse({"ready": url is not None, "url": url})


@never_cache
@login_required
@require_safe
def file(request: HttpRequest, code: str, name: str) -> HttpResponse:
    certificate = _own(request, code)
    drawing = queries.drawing_of(certificate)
    if drawing is None:
        raise Http404
    try:
        content = files.as_issued(drawing)
    except files.FileDiffers:
        return render(request, "certificates/file_differs.html", {"certificate": certificate}, status=500)
    disposition = f'inline; filename="{_file_name(certificate)}.pdf"'
    headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _own(request: HttpRequest, code: str) -> Certificate:
    certificate = queries.owned_by(request.user, code)
    if certificate is None:
        raise Http404
    return certificate


def _initial(request: HttpRequest) -> dict:
    unsent = carried(request)
    return unsent.dict() if unsent else {"printed_name": profile_of(request.user).printed_name}


def _printed(form: NameForm) -> str | None:
    """The name as it would be printed, or nothing while it cannot be."""
    try:
        return names.accepted(form["printed_name"].value() or "")
    except names.NameRefused:
        return None


def _file_name(certificate: Certificate) -> str:
    with override(certificate.locale):
        return _("soar-certificate-%(code)s") % {"code": certificate.shown_code}


def _file_url(certificate: Certificate) -> str | None:
    """None while the certificate is being drawn."""
    if queries.drawing_of(certificate) is None:
        return None
    return reverse("certificates:file", args=[certificate.shown_code, _file_name(certificate)])
