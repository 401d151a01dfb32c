"""An offer is written beside its paper, drawn from the draft as it is with a sample of everything it could print."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from accounts.permissions import May, rights_of
from certificates import paper
from certificates.choices import BOTH, PAPERS
from courses.building import build
from courses.choices import LOCALES
from courses.credit import offer_named
from courses.document import Document, Offer
from courses.models import CreditOffer, Module
from courses.parts import part_named
from studio.access import studio_page
from studio.forms.parts import PartForm, form_for
from studio.frame import render
from studio.presenting.offer_paper import gaps
from studio.presenting.surroundings import Surroundings
from support.languages import current_language


@require_safe
@studio_page(May.READ_DRAFTS)
def page(request: HttpRequest, module: Module, key: str) -> HttpResponse:
    language = _language(request)
    document, row = build(module, LOCALES), module.offers.filter(key=key).first()
    offer = _offer(document, key, row)
    context = {"module": module, "key": key, "paper": language, "papers": PAPERS, "offer": offer}
    if offer:
        context["form"] = _form(request, module, row, language)
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


def _offer(document: Document, key: str, row: CreditOffer | None) -> Offer | None:
    """None for one that is archived."""
    offer = offer_named(document, key)
    if offer is None and row is None:
        raise Http404
    return offer


def _form(request: HttpRequest, module: Module, row: CreditOffer | None, paper: str) -> PartForm | None:
    """None where nobody wrote what the edition would hold, and for whoever may not write it."""
    if row is None or row.archived:
        return None
    form = form_for(part_named("offer"), row, Surroundings(module, rights_of(request.user), [row], paper))
    return form if form.editable else None


def _gaps(document: Document, offer: Offer, language: str) -> list[str]:
    return gaps(document, offer, language, is_written=any(row.key == offer.key for row in document.offers))


urlpatterns = [path("modules/<slug:module>/offers/<slug:key>/paper/", page, name="offer-paper")]
