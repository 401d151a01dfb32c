"""The public keys: what anybody needs to check a paper's signature without this site."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from certificates import signing
from certificates.models import SigningCertificate
from certificates.presenting.keys import shown


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    keys = [shown(row) for row in SigningCertificate.objects.all()]
    context = {
        "keys": keys,
        "has_development": any(key.is_development for key in keys),
        "has_time_stamps": bool(settings.CERTIFICATE_TSA_URL),
        "is_for_development": signing.is_for_development(),
    }
    return render(request, "certificates/keys.html", context)


@require_safe
def pem(request: HttpRequest, key_id: str) -> HttpResponse:
    row = SigningCertificate.objects.filter(key_id=key_id).first()
    if row is None:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{row.key_id}.pem"'}
    return HttpResponse(row.pem, content_type="application/x-pem-file", headers=headers)
