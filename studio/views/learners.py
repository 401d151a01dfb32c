from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.permissions import May
from accounts.queries import people_like
from certificates.queries import holder_of
from courses.models import Module
from studio.access import studio_page
from studio.forms.learners import FilterForm, SearchForm
from studio.frame import render
from studio.presenting.learners import Listing, by_setting_and_language, learners
from support.csv_files import csv_file

PER_PAGE = 50
MOST_FOUND = 50
AT_ONCE = 500


@require_http_methods(["GET", "HEAD", "POST"])
@studio_page(May.SEE_LEARNERS)
def find_learner(request: HttpRequest) -> HttpResponse:
    """Asked by POST, since a name in an address would lie in logs and in the browser's history."""
    form = SearchForm(request.POST or None)
    found = _people(form.cleaned_data["text"]) if form.is_valid() else None
    context = {"form": form, "found": found and found[:MOST_FOUND], "searched": found is not None, "most": MOST_FOUND}
    context["there_are_more"] = bool(found and len(found) > MOST_FOUND)
    return render(
        request, "studio/find_learner.html", context, current="find-learner", status=422 if form.errors else 200
    )


def _people(text: str) -> list[User]:
    holder = holder_of(text)
    return [holder] if holder else list(people_like(text)[: MOST_FOUND + 1])


@require_safe
@studio_page(May.SEE_LEARNERS)
def learner_list(request: HttpRequest, module: Module) -> HttpResponse:
    form = FilterForm(request.GET, module)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = learners(module, **chosen) if form.is_valid() else module.enrolments.none()
    page, listing = Paginator(rows, PER_PAGE).get_page(request.GET.get("page")), Listing()
    context = {
        "module": module,
        "form": form,
        "page": page,
        "headings": listing.headings,
        "learners": [listing.row(enrolment) for enrolment in page],
        "results": by_setting_and_language(module, rows),
        "query": urlencode({name: value for name, value in chosen.items() if value}),
    }
    return render(request, "studio/learners.html", context, current="learners", status=422 if form.errors else 200)


@require_safe
@studio_page(May.SEE_LEARNERS)
def learner_file(request: HttpRequest, module: Module) -> HttpResponse:
    """Those on the page, all of them."""
    form = FilterForm(request.GET, module)
    if not form.is_valid():
        return learner_list(request, module=module.key)
    rows = learners(module, **form.cleaned_data).iterator(chunk_size=AT_ONCE)
    people = pgettext("file name", "learners")
    return StreamingHttpResponse(
        csv_file(Listing().table(rows)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{people}-{module.key}.csv"'},
    )


urlpatterns = [
    path("learners/", find_learner, name="find-learner"),
    path("modules/<slug:module>/learners/", learner_list, name="learners"),
    path("modules/<slug:module>/learners.csv", learner_file, name="learners-file"),
]
