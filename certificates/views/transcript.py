"""Everything a learner earned: as a page, as a table for spreadsheets, and as a file to hand in."""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from certificates import files, queries, transcript
from certificates.errors import NothingEarned
from certificates.models import Transcript
from certificates.services import transcripts
from certificates.transcript import Entry, Listing
from certificates.views.access import signed_in
from support.csv_files import csv_file
from support.languages import current_language
from support.numbers import whole


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def page(request: HttpRequest) -> HttpResponse:
    """Its POST asks for the file."""
    if request.method == "POST":
        return _order(request)
    whole = transcript.everything(request.user, current_language())
    listing = transcript.within(whole, *_years(request))
    context = {
        "listing": listing,
        "totals": transcript.totals(listing.entries),
        "years": sorted({entry.completed_on.year for entry in whole.entries}, reverse=True),
        "query": _query(listing),
        "file_name": _file_name(current_language()),
    }
    return render(request, "certificates/transcript.html", context)


@require_safe
@signed_in
def table(request: HttpRequest, name: str) -> HttpResponse:
    listing = transcript.within(transcript.everything(request.user, current_language()), *_years(request))
    return HttpResponse(
        b"".join(csv_file(_rows(listing))),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{_file_name(current_language())}.csv"'},
    )


@require_safe
@signed_in
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The page that waits for the file."""
    asked = _own(request, pk)
    return render(request, "certificates/transcript_file.html", {"transcript": asked, "url": _file_url(asked)})


@require_safe
@signed_in
def status(request: HttpRequest, pk: int) -> JsonResponse:
    url = _file_url(_own(request, pk))
    return JsonResponse({"ready": bool(url), "url": url})


@require_safe
@signed_in
def file(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    asked = _own(request, pk)
    if not asked.drawn_at:
        raise Http404
    try:
        content = files.as_issued(asked)
    except files.FileDiffers:
        return render(request, "certificates/transcript_differs.html", status=500)
    headers = {"Content-Disposition": f'inline; filename="{_file_name(asked.language)}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _order(request: HttpRequest) -> HttpResponse:
    first, last = _years(request)
    try:
        asked = transcripts.order(
            user=request.user, language=current_language(), first=first, last=last, by=request.user
        )
    except NothingEarned:
        return redirect("certificates:transcript")
    return redirect("certificates:transcript-paper", asked.pk)


def _years(request: HttpRequest) -> tuple[int, int]:
    """0 for no year, and for what is none."""
    first, last = (whole(request.GET.get(name, ""), len("2026")) or 0 for name in ("from", "to"))
    return first, last


def _query(listing: Listing) -> str:
    chosen = {name: year for name, year in (("from", listing.first), ("to", listing.last)) if year}
    return f"?{urlencode(chosen)}" if chosen else ""


def _own(request: HttpRequest, pk: int) -> Transcript:
    asked = queries.transcript_of(request.user, pk)
    if asked is None:
        raise Http404
    return asked


def _file_url(asked: Transcript) -> str:
    if not asked.drawn_at:
        return ""
    return reverse("certificates:transcript-file", args=[asked.pk, _file_name(asked.language)])


def _file_name(language: str) -> str:
    with override(language):
        return pgettext("file name", "transcript")


def _rows(listing: Listing) -> Iterator[list]:
    yield [
        _("Completed on"),
        _("Module"),
        _("Kind of credit"),
        _("Amount"),
        _("Name as printed"),
        _("Profession"),
        _("License"),
        _("Provider"),
        _("Provider number"),
        _("Activity number"),
        _("Issued on"),
        _("Valid until"),
        _("Status"),
        _("Verification code"),
    ]
    for entry in listing.entries:
        yield _row(entry)


def _row(entry: Entry) -> list:
    return [
        entry.completed_on.isoformat(),
        entry.title,
        entry.credit_name,
        entry.amount if entry.amount is not None else "",
        entry.printed_name,
        entry.profession,
        entry.license,
        entry.provider,
        entry.provider_number,
        entry.activity_number,
        entry.issued_on.isoformat(),
        entry.expires_on.isoformat() if entry.expires_on else "",
        entry.status_in_words,
        entry.code,
    ]
