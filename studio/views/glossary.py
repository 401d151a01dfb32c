from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from accounts.permissions import May, rights_of
from courses.parts import TERM
from studio.access import studio_page
from studio.frame import render
from studio.listing import listed


@require_safe
@studio_page(May.READ_DRAFTS)
def glossary(request: HttpRequest) -> HttpResponse:
    """The approved terms in both languages."""
    rows = listed(TERM, None, rights_of(request.user))
    return render(request, "studio/glossary.html", {"rows": rows}, current="glossary")


urlpatterns = [path("glossary/", glossary, name="glossary")]
