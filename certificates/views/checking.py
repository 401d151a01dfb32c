"""Is this file one of ours, as it was issued? Only its digest is looked at."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from certificates import files, queries
from certificates.forms import CodeForm
from certificates.uploads import FileForm
from certificates.views.verify import answer, said, too_many


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def file(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return answer(request, "verify_file.html", {"form": FileForm()})
    if refusal := too_many(request):
        return refusal
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return answer(request, "verify_file.html", {"form": form}, status=422)
    return answer(request, "verified_file.html", _found(files.digest(form.cleaned_data["file"].read())))


def _found(digest: str) -> dict:
    if drawing := queries.issued_as(digest):
        return {"drawing": drawing} | said(drawing.certificate)
    return {"transcript": queries.transcript_issued_as(digest), "form": CodeForm()}
