"""A learner asks for a correction, and may take that back while nobody has decided."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from certificates import queries
from certificates.choices import RequestState
from certificates.errors import AlreadyAsked, AlreadyDecided, AskedTooOften, NotActive, NothingToCorrect
from certificates.forms import CorrectionForm
from certificates.models import Certificate
from certificates.services import corrections
from certificates.views.access import own_certificate
from support.carry import carried, carry


@require_http_methods(["GET", "HEAD", "POST"])
@own_certificate
def correction(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    if language := request.POST.get("switch"):
        return carry(request, language)
    held = certificate.document.license
    form = CorrectionForm(request.POST or None, initial=_initial(request, certificate), held=held)
    if form.is_valid() and (answer := _ask(request, certificate, form)):
        return answer
    return render(request, "certificates/correction.html", {"form": form, "certificate": certificate})


def _ask(request: HttpRequest, certificate: Certificate, form: CorrectionForm) -> HttpResponse | None:
    try:
        corrections.ask(
            certificate=certificate,
            printed_name=form.cleaned_data["printed_name"],
            license=form.license,
            reason=form.cleaned_data["reason"],
            by=request.user,
        )
    except NothingToCorrect:
        form.add_error(None, _("This is what the certificate says already. Please change what is wrong."))
        return None
    except (AlreadyAsked, AskedTooOften, NotActive):
        messages.info(request, _("Nothing was sent: this certificate cannot be corrected now."))
    else:
        messages.success(request, _("Your request was sent. We will write to you when it is decided."))
    return redirect("certificates:certificate", certificate.shown_code)


@require_POST
@own_certificate
def withdraw(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    asked = queries.last_request(certificate)
    try:
        if asked is None or asked.state != RequestState.OPEN:
            raise AlreadyDecided
        corrections.withdraw(request=asked, by=request.user)
    except AlreadyDecided:
        messages.info(request, _("Your request was decided meanwhile."))
    else:
        messages.success(request, _("Your request was withdrawn."))
    return redirect("certificates:certificate", certificate.shown_code)


def _initial(request: HttpRequest, certificate: Certificate) -> dict:
    held = certificate.document.license
    said = {
        "printed_name": certificate.printed_name,
        "license_number": held.number,
        "license_state": held.state,
    }
    unsent = carried(request)
    return said | (unsent.dict() if unsent else {})
