"""Finding a certificate, and the page of one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import May
from certificates import files
from certificates.errors import NotLost
from certificates.models import Certificate, Drawing
from certificates.reports import certificate_with, certificates_like
from certificates.services.pictures import as_issued
from certificates.services.redrawing import redraw
from studio.access import studio_page
from studio.forms.certificates import FindForm
from studio.frame import render
from studio.presenting import certificate as presenting

MOST_FOUND = 50


@require_http_methods(["GET", "HEAD", "POST"])
@studio_page(May.SEE_LEARNERS)
def find(request: HttpRequest) -> HttpResponse:
    """Asked by POST, since a name in an address would lie in logs and in the browser's history."""
    form = FindForm(request.POST or None)
    context = {"form": form, "searched": form.is_valid(), "most": MOST_FOUND}
    if form.is_valid():
        found = list(certificates_like(form.cleaned_data["text"])[: MOST_FOUND + 1])
        context["found"] = [_found(row) for row in found[:MOST_FOUND]]
        context["there_are_more"] = len(found) > MOST_FOUND
    return render(
        request, "studio/find_certificate.html", context, current="find-certificate", status=422 if form.errors else 200
    )


def _found(row: Certificate) -> dict:
    return {**presenting.line(row), "email": row.completion.enrolment.user.email}


def certificate_or_404(code: str) -> Certificate:
    certificate = certificate_with(code)
    if certificate is None:
        raise Http404
    return certificate


@require_safe
@studio_page(May.SEE_LEARNERS)
def page(request: HttpRequest, code: str) -> HttpResponse:
    context = presenting.page(certificate_or_404(code))
    return render(request, "studio/certificate.html", context, current="find-certificate")


def _drawing_or_404(code: str, drawing: int) -> Drawing:
    return get_object_or_404(
        Drawing.objects.select_related("certificate"), certificate=certificate_or_404(code), pk=drawing
    )


@require_safe
@studio_page(May.SEE_LEARNERS)
def paper(request: HttpRequest, code: str, drawing: int) -> HttpResponse:
    """The file as it was issued, or what can be done when it is gone."""
    found = _drawing_or_404(code, drawing)
    try:
        content = as_issued(found)
    except files.FileDiffers:
        context = {"certificate": found.certificate, "drawing": found}
        return render(request, "studio/certificate_file_lost.html", context, current="find-certificate", status=500)
    headers = {
        "Content-Disposition": f'inline; filename="{found.certificate.shown_code}-{found.language}.pdf"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_POST
@studio_page(May.CORRECT_CERTIFICATES)
def draw_again(request: HttpRequest, code: str, drawing: int) -> HttpResponse:
    found = _drawing_or_404(code, drawing)
    try:
        redraw(drawing=found, by=request.user)
    except NotLost:
        messages.error(request, _("Nothing was drawn: the file is there, as it was issued."))
    else:
        messages.success(request, _("The paper is being drawn again. Copies of the lost file can still be checked."))
    return redirect("studio:certificate", found.certificate.shown_code)


urlpatterns = [
    path("certificates/", find, name="find-certificate"),
    path("certificates/<str:code>/", page, name="certificate"),
    path("certificates/<str:code>/papers/<int:drawing>/", paper, name="certificate-paper"),
    path("certificates/<str:code>/papers/<int:drawing>/again/", draw_again, name="redraw-paper"),
]
