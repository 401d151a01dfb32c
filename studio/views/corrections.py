"""What learners ask to have corrected, and what support corrects unasked."""

from collections.abc import Mapping

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.permissions import May
from certificates.errors import AlreadyAsked, AlreadyDecided, NotActive, NothingToCorrect
from certificates.models import Certificate, CorrectionRequest
from certificates.reports import waiting_corrections
from certificates.services.corrections import approve, correct, refuse
from studio.access import studio_page
from studio.forms.certificates import CorrectForm, DecisionForm
from studio.frame import render
from studio.presenting.certificate import asked_for
from studio.views.certificates import certificate_or_404

PER_PAGE = 20
Sent = Mapping[int, DecisionForm]


@require_safe
@studio_page(May.CORRECT_CERTIFICATES)
def queue(request: HttpRequest) -> HttpResponse:
    return _queue(request, {})


def _queue(request: HttpRequest, sent: Sent) -> HttpResponse:
    """`sent` holds what was typed wrongly, by request."""
    rows = waiting_corrections()
    page = Paginator(rows, PER_PAGE).get_page(_number(rows, sent) or request.GET.get("page"))
    waiting = [{**asked_for(row), "form": sent.get(row.pk) or DecisionForm(request=row.pk)} for row in page]
    context = {"page": page, "waiting": waiting, "form": next(iter(sent.values()), None)}
    return render(request, "studio/corrections.html", context, current="corrections", status=422 if sent else 200)


def _number(rows: QuerySet[CorrectionRequest], sent: Sent) -> int | None:
    """Of the page where what was sent stands."""
    for place, pk in enumerate(rows.values_list("pk", flat=True) if sent else ()):
        if pk in sent:
            return place // PER_PAGE + 1
    return None


@require_POST
@studio_page(May.CORRECT_CERTIFICATES)
def decide(request: HttpRequest, correction: int) -> HttpResponse:
    """The button that was pressed says which way; any other way than approving refuses."""
    row = get_object_or_404(CorrectionRequest.objects.select_related("certificate"), pk=correction)
    approves = "approve" in request.POST
    form = DecisionForm(request.POST, request=row.pk, refuses=not approves)
    if not form.is_valid():
        return _queue(request, {row.pk: form})
    try:
        done = _decided(row, approves, form.cleaned_data["answer"], request.user)
    except (AlreadyDecided, NotActive, NothingToCorrect) as refusal:
        messages.error(request, explain(refusal))
    else:
        messages.success(request, done)
    return redirect("studio:corrections")


def _decided(row: CorrectionRequest, approves: bool, answer: str, by: User) -> str:
    if not approves:
        refuse(request=row, answer=answer, by=by)
        return _("The request is refused, and the learner is told by e-mail.")
    successor = approve(request=row, answer=answer, by=by)
    return _("Certificate %(code)s is issued in its place, and the learner is told by e-mail.") % {
        "code": successor.shown_code
    }


@require_http_methods(["GET", "HEAD", "POST"])
@studio_page(May.CORRECT_CERTIFICATES)
def correction(request: HttpRequest, code: str) -> HttpResponse:
    certificate = certificate_or_404(code)
    form = CorrectForm(request.POST if request.method == "POST" else None, certificate)
    if not form.is_valid():
        context = {"certificate": certificate, "form": form}
        status = 422 if form.is_bound else 200
        return render(request, "studio/certificate_correct.html", context, current="find-certificate", status=status)
    try:
        certificate = _corrected(certificate, form, request.user)
    except (AlreadyAsked, NotActive, NothingToCorrect) as refusal:
        messages.error(request, explain(refusal))
    else:
        messages.success(request, _("This certificate is issued in place of the old one. Its holder is told."))
    return redirect("studio:certificate", certificate.shown_code)


def _corrected(certificate: Certificate, form: CorrectForm, by: User) -> Certificate:
    typed = form.cleaned_data
    return correct(
        certificate=certificate,
        printed_name=typed["printed_name"],
        license=form.license,
        reason=typed["reason"],
        by=by,
    )


def explain(refusal: Exception) -> str:
    return {
        AlreadyAsked: _("Nothing was changed: its holder has asked for a correction. Decide on that first."),
        AlreadyDecided: _("Nothing was changed: this request was decided or withdrawn meanwhile."),
        NotActive: _("Nothing was changed: this certificate was replaced or revoked meanwhile."),
        NothingToCorrect: _("Nothing was changed: the certificate says so already."),
    }[type(refusal)]


urlpatterns = [
    path("corrections/", queue, name="corrections"),
    path("corrections/<int:correction>/", decide, name="decide-correction"),
    path("certificates/<str:code>/correct/", correction, name="correct-certificate"),
]
