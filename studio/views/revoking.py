from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.permissions import May
from certificates.errors import NotActive
from certificates.services.revoking import revoke
from studio.access import studio_page
from studio.forms.certificates import RevokeForm
from studio.frame import render
from studio.presenting.certificate import line
from studio.views.certificates import certificate_or_404
from studio.views.corrections import explain


@require_http_methods(["GET", "HEAD", "POST"])
@studio_page(May.REVOKE_CERTIFICATES)
def revocation(request: HttpRequest, code: str) -> HttpResponse:
    """What happens is said before, and ticked as known."""
    certificate = certificate_or_404(code)
    form = RevokeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"certificate": certificate, "line": line(certificate), "form": form}
        status = 422 if form.is_bound else 200
        return render(request, "studio/certificate_revoke.html", context, current="find-certificate", status=status)
    typed = form.cleaned_data
    try:
        revoke(certificate=certificate, category=typed["category"], note=typed["note"], by=request.user)
    except NotActive as refusal:
        messages.error(request, explain(refusal))
    else:
        messages.success(request, _("The certificate is revoked. Its holder is told by e-mail."))
    return redirect("studio:certificate", certificate.shown_code)


urlpatterns = [path("certificates/<str:code>/revoke/", revocation, name="revoke-certificate")]
