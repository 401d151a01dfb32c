"""A certificate's papers: asked for, waited for, handed out as issued."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from certificates import files, queries
from certificates.models import Certificate
from certificates.presenting.papers import file_name, file_url, languages
from certificates.services.pictures import as_issued, order_drawing
from certificates.views.access import own_certificate


@require_POST
@own_certificate
def order(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """A paper in one language more; of a certificate that was replaced or revoked no new one is drawn."""
    language = request.POST.get("language", "")
    if language not in languages(certificate) or certificate.status(timezone.localdate()).has_ended:
        raise Http404
    with transaction.atomic():
        order_drawing(certificate, language)
    page = reverse("certificates:certificate", args=[certificate.shown_code])
    return redirect(f"{page}?paper={language}#papers")


@require_safe
@own_certificate
def status(request: HttpRequest, certificate: Certificate) -> JsonResponse:
    """Of the paper in the language asked for, else of the first one there is."""
    drawn = queries.drawn_languages(certificate)
    wanted = request.GET.get("paper") or next(iter(drawn), "")
    url = file_url(certificate, wanted) if wanted in drawn else None
    return JsonResponse({"ready": url is not None, "url": url})


@require_safe
@own_certificate
def file(request: HttpRequest, certificate: Certificate, language: str, name: str) -> HttpResponse:
    drawing = queries.drawing_of(certificate, language)
    if drawing is None:
        raise Http404
    try:
        content = as_issued(drawing)
    except files.FileDiffers:
        return render(request, "certificates/file_differs.html", {"certificate": certificate}, status=500)
    headers = {"Content-Disposition": f'inline; filename="{file_name(certificate, language)}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
