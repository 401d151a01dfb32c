"""The paper of an offer, drawn from the draft as it is now with a sample of everything that it could print."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from accounts.permissions import May
from certificates import paper
from certificates.choices import BOTH, PAPERS
from courses.building import build
from courses.choices import LOCALES
from courses.credit import offer_named
from courses.document import Document, Offer
from courses.models import Module
from studio.access import studio_page
from studio.frame import render
from studio.presenting.offer_paper import gaps
from support.languages import current_language


@require_safe
@studio_page(May.READ_DRAFTS)
def page(request: HttpRequest, module: Module, key: str) -> HttpResponse:
    language = _language(request)
    document, offer = _offer(module, key)
    context = {"module": module, "key": key, "paper": language, "papers": PAPERS, "offer": offer}
    if offer:
        context["gaps"] = _gaps(document, offer, language)
        if not context["gaps"]:
            spoken = current_language() if language == BOTH else language
            context["variables"] = paper.variables(document, offer, spoken)
            context |= paper.page(paper.sample(document, offer), language)
    return render(request, "studio/offer_paper.html", context, current="details")


def _language(request: HttpRequest) -> str:
    language = request.GET.get("paper", current_language())
    if language not in dict(PAPERS):
        raise Http404
    return language


def _offer(module: Module, key: str) -> tuple[Document, Offer | None]:
    """None for one that is archived."""
    document = build(module, LOCALES)
    offer = offer_named(document, key)
    row = module.offers.filter(key=key).first()
    if offer is None and row is None:
        raise Http404
    return document, None if row and row.archived else offer


def _gaps(document: Document, offer: Offer, language: str) -> list[str]:
    return gaps(document, offer, language, is_written=any(row.key == offer.key for row in document.offers))


urlpatterns = [path("modules/<slug:module>/offers/<slug:key>/paper/", page, name="offer-paper")]
