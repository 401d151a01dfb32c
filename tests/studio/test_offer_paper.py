"""The paper of an offer as its authors see it before anybody earns it."""

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


@pytest.mark.parametrize("paper, told", [("en", ["en"]), ("es", ["es"]), ("both", ["en", "es"])])
def test_paper_shows_the_draft_with_a_sample_of_everything(paper, told, offer, author):
    shown = text(author.get(page(), {"paper": paper}))
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
    assert f"provider in en gives 1.25 contact hours to {samples['name']}." in text(response)


def test_paper_follows_each_save(offer, author):
    assert "Another provider" not in text(author.get(page()))
    CreditOffer.objects.update(provider_en="Another provider")
    assert "Another provider" in text(author.get(page()))


def test_offer_that_nobody_wrote_is_the_certificate_of_completion(module, author):
    response = author.get(page("completion"))
    assert (response.status_code, response.context["gaps"]) == (200, [])


def test_what_is_missing_is_named(offer, author):
    CreditOffer.objects.update(provider_es="", statement_es="", amount=None)
    both, english = (author.get(page(), {"paper": paper}).context["gaps"] for paper in ("both", "en"))
    assert both == ["Provider (Spanish)", "Accreditation statement (Spanish)", "Amount"]
    assert (english, author.get(page(language="es"), {"paper": "both"}).status_code) == (["Amount"], 200)


def test_english_draft_has_an_english_paper_on_a_spanish_page(offer, author):
    Module.objects.update(title_es="")
    response = author.get(page(language="es"), {"paper": "en"})
    assert (response.status_code, response.context["gaps"], "provider in en" in text(response)) == (200, [], True)


def test_archived_offer_has_no_paper_and_says_so(offer, author):
    CreditOffer.objects.update(archived=True)
    response = author.get(page())
    assert (response.status_code, "This offer is archived" in text(response)) == (200, True)


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
