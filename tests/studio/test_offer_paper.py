"""The paper of an offer as its authors see it before anybody earns it."""

import re
from datetime import date

import pytest

from certificates.models import Certificate
from courses.models import CreditOffer, Module
from courses.parts import part_named
from tests.learning.test_query_counts import queries

pytestmark = pytest.mark.django_db

WORDS = ("name", "provider", "format", "statement")


@pytest.fixture
def offer(module) -> CreditOffer:
    texts = {f"{name}_{locale}": f"{name} in {locale}" for name in WORDS for locale in ("en", "es")}
    texts["statement_en"] = "{provider} gives {credit} to {name}."
    days = {"starts_on": date(2026, 1, 1), "ends_on": date(2098, 1, 1)}
    values = {"key": "nursing", "type": "contact-hours", "amount": "1.25", "needs_license": True, "valid_months": 24}
    return CreditOffer.objects.create(module=module, **values, **texts, **days)


def page(key: str = "nursing", language: str = "en") -> str:
    return f"/{language}/studio/modules/basics/offers/{key}/paper/"


def text(response) -> str:
    return response.content.decode()


def sheet(response) -> str:
    """The paper alone: beside it the form holds the same words."""
    return re.search(r'<article class="paper".*?</article>', text(response), re.DOTALL)[0]


def sent(form, **fields) -> dict:
    """The form as it was shown, with some fields filled in anew."""
    values = {name: form[name].value() for name in form.fields} | fields
    return {form[name].html_name: value for name, value in values.items() if value not in (None, False)}


@pytest.mark.parametrize("paper, told", [("en", ["en"]), ("es", ["es"]), ("both", ["en", "es"])])
def test_paper_shows_the_draft_with_a_sample_of_everything(paper, told, offer, author):
    shown = sheet(author.get(page(), {"paper": paper}))
    assert [locale for locale in ("en", "es") if f"provider in {locale}" in shown] == told
    assert ("RN 884213" in shown, "2222-2222-" in shown) == (True, True)
    assert not Certificate.objects.exists()


def test_variables_are_listed_with_their_samples_and_filled_on_the_paper(offer, author):
    response = author.get(page(), {"paper": "en"})
    samples = {variable.name: variable.sample for variable in response.context["variables"]}
    assert {name: samples[name] for name in ("credit", "provider", "edition")} == {
        "credit": "1.25 contact hours",
        "provider": "provider in en",
        "edition": "1",
    }
    assert f"provider in en gives 1.25 contact hours to {samples['name']}." in sheet(response)


def test_paper_follows_each_save(offer, author):
    assert "Another provider" not in sheet(author.get(page()))
    CreditOffer.objects.update(provider_en="Another provider")
    assert "Another provider" in sheet(author.get(page()))


@pytest.mark.parametrize(
    "role, scope, locales",
    [("author", "", {"en", "es"}), ("translator", "es", {"es"}), ("translator", "en", {"en"}), ("reviewer", "", set())],
)
def test_offer_is_written_beside_its_paper_by_whoever_may(role, scope, locales, offer, as_role):
    response = as_role(role, scope).get(page(), {"paper": "en"})
    form = response.context["form"]
    assert {locale for locale in ("en", "es") if form and f"statement_{locale}" in form.fields} == locales
    assert (bool(form and "amount" in form.fields), "provider in en" in sheet(response)) == (role == "author", True)
    assert text(response).count("data-part-form") == bool(locales)
    assert text(response).count(f'data-follows="offer-{offer.pk}"') == 2 * bool(locales)


def test_form_beside_the_paper_saves_what_the_paper_then_says(offer, author):
    form = author.get(page(), {"paper": "both"}).context["form"]
    answer = author.post(form.action, sent(form, provider_en="Another provider"))
    assert (answer.status_code, answer["Location"]) == (302, f"{page()}?paper=both")
    assert "Another provider gives 1.25 contact hours" in sheet(author.get(answer["Location"]))


def test_what_was_refused_leads_back_to_the_paper_once_it_is_mended(offer, author):
    form = author.get(page(), {"paper": "es"}).context["form"]
    refused = author.post(form.action, sent(form, provider_en="<b>Another</b> provider"))
    assert (refused.status_code, refused.context["back"]) == (422, f"{page()}?paper=es")
    mended = author.post(refused.context["form"].action, sent(form, provider_en="Another provider"))
    assert (mended.status_code, mended["Location"]) == (302, f"{page()}?paper=es")


@pytest.mark.parametrize("named", ["", "fr", "//example.org", "https://example.org/", "both&paper=//example.org"])
def test_saving_leads_to_a_paper_that_there_is_or_to_the_details(named, offer, author):
    form = author.get(page()).context["form"]
    answer = author.post(f"{form.action.partition('?')[0]}?paper={named}", sent(form))
    assert answer["Location"] == f"/en/studio/modules/basics/details/#offer-{offer.pk}"


def test_paper_is_named_for_an_offer_alone(offer, author):
    objective = offer.module.objectives.first()
    answer = author.get(f"/en/studio/modules/basics/parts/objective/{objective.pk}/?paper=both")
    assert answer["Location"] == f"/en/studio/modules/basics/details/#objective-{objective.pk}"


def test_what_lacks_something_has_its_form_beside_what_is_missing(offer, author):
    CreditOffer.objects.update(amount=None)
    response = author.get(page())
    assert (response.context["gaps"], response.context["form"].row) == (["Amount"], offer)


def test_offer_that_nobody_wrote_is_the_certificate_of_completion(module, author):
    response = author.get(page("completion"))
    assert (response.status_code, response.context["gaps"], response.context["form"]) == (200, [], None)


def test_archived_certificate_of_completion_gives_way_to_the_one_that_nobody_wrote(offer, author):
    CreditOffer.objects.update(key="completion", type="completion", amount=None)
    written = author.get(page("completion"))
    CreditOffer.objects.update(archived=True)
    plain = author.get(page("completion"))
    assert [answer.context["form"] is not None for answer in (written, plain)] == [True, False]
    assert ["provider in en" in sheet(answer) for answer in (written, plain)] == [True, False]


def test_what_is_missing_is_named(offer, author):
    CreditOffer.objects.update(provider_es="", statement_es="", amount=None)
    both, english = (author.get(page(), {"paper": paper}).context["gaps"] for paper in ("both", "en"))
    assert both == ["Provider (Spanish)", "Accreditation statement (Spanish)", "Amount"]
    assert (english, author.get(page(language="es"), {"paper": "both"}).status_code) == (["Amount"], 200)


def test_english_draft_has_an_english_paper_on_a_spanish_page(offer, author):
    Module.objects.update(title_es="")
    response = author.get(page(language="es"), {"paper": "en"})
    assert (response.status_code, response.context["gaps"], "provider in en" in sheet(response)) == (200, [], True)


def test_archived_offer_has_no_paper_and_says_so(offer, author):
    CreditOffer.objects.update(archived=True)
    response = author.get(page())
    assert (response.status_code, "This offer is archived" in text(response)) == (200, True)
    assert ("data-part-form" in text(response), "data-follows" in text(response)) == (False, False)


def test_offer_for_no_language_has_no_paper_yet(offer, author):
    CreditOffer.objects.update(languages=[])
    assert author.get(page()).context["gaps"] == ["Languages that earn it"]


@pytest.mark.parametrize("key, paper", [("nothing", "en"), ("nursing", "fr"), ("nursing", "")])
def test_offer_or_language_that_is_none_is_not_found(key, paper, offer, author):
    assert author.get(page(key), {"paper": paper}).status_code == 404


def test_script_and_addresses_in_an_offer_stay_text(offer, author):
    CreditOffer.objects.update(statement_en='<script>alert(1)</script><img src="https://example.org/x">')
    shown = text(author.get(page(), {"paper": "en"}))
    assert ("<script>alert" in shown, 'src="https://example.org' in shown) == (False, False)


def test_page_costs_the_same_for_one_and_ten_offers(offer, author):
    def cost() -> int:
        author.get(page())
        return len(queries(lambda: author.get(page())))

    first = cost()
    known = {name: value for name, value in CreditOffer.objects.values().get().items() if name not in ("id", "key")}
    CreditOffer.objects.bulk_create(CreditOffer(key=f"o{number}", **known) for number in range(9))
    assert (cost(), part_named("offer").rows(offer.module).count()) == (first, 10)
