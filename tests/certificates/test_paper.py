import re
from datetime import date

import pytest
from django.template.loader import render_to_string

from certificates import paper
from certificates.document import License
from courses.choices import CreditType
from courses.credit import VARIABLES
from tests import factories
from tests.certificates.factories import offer, sample, sample_credit


def said(certificate, language: str = "en") -> dict[str, list[tuple[str, str]]]:
    return {key: [tuple(part) for part in parts] for key, parts in paper.page(certificate, language)["says"].items()}


def nursing(**credit):
    values = {
        "type": CreditType.ANCC,
        "amount": "1.25",
        "provider_address": "1 Elm Street",
        "provider_number": "P-0000",
        "activity_number": "26-014",
        "extra": {"en": "Level: new", "es": "Nivel: nuevo"},
        "signatory": "Begoña Peña",
        "signatory_role": {"en": "Director", "es": "Directora"},
    }
    certificate = sample("Ana", credit=sample_credit(**values | credit), license=License(number="RN 1", state="TX"))
    certificate.expires_on = date(2028, 11, 22)
    return certificate


def test_paper_has_every_field_that_a_board_asks_for():
    says = said(nursing())
    asked = (
        *("completed", "issued", "expires", "license", "module", "setting", "details", "amount", "kind", "provider"),
        *("address", "provider_number", "activity_number", "statement", "extra", "signatory", "role", "code"),
    )
    assert {key: [text for _language, text in says[key]] for key in asked} == {
        "completed": ["November 22, 2026"],
        "issued": ["November 22, 2026"],
        "expires": ["November 22, 2028"],
        "license": ["RN 1 (TX)"],
        "module": ["title (English)"],
        "setting": ["Professional setting: setting_name (English)"],
        "details": ["format (English) · Edition 3 · 50 minutes"],
        "amount": ["1.25 contact hours"],
        "kind": ["Nursing contact hours (ANCC)"],
        "provider": ["provider (English)"],
        "address": ["1 Elm Street"],
        "provider_number": ["P-0000"],
        "activity_number": ["26-014"],
        "statement": ["statement (English)"],
        "extra": ["Level: new"],
        "signatory": ["Begoña Peña"],
        "role": ["Director"],
        "code": ["7K3M-PQ9X-", "AB2C-D4EFG"],
    }


def test_what_was_not_given_is_not_on_the_paper():
    says = said(sample("Ana", demonstration=False))
    keys = ("expires", "license", "kind", "address", "provider_number", "activity_number", "extra", "signatory", "role")
    assert {key: says[key] for key in (*keys, "demonstration")} == {key: [] for key in (*keys, "demonstration")}


def test_paper_in_both_languages_says_words_twice_and_numbers_once():
    says = said(nursing(), "both")
    assert (says["heading"], says["role"], says["completed"], says["code_label"]) == (
        [("", "Certificate of completion"), ("es", "Certificado de finalización")],
        [("", "Director"), ("es", "Directora")],
        [("", "November 22, 2026")],
        [("", "Verification code"), ("es", "Código de verificación")],
    )


def test_what_both_languages_say_alike_is_said_once():
    says = said(nursing(provider={"en": "SOAR", "es": "SOAR"}), "both")
    assert says["provider"] == [("", "SOAR")]


@pytest.mark.parametrize(
    "locale, language, languages",
    [
        ("en", "en", ("en",)),
        ("en", "es", ("es",)),
        ("en", "both", ("en", "es")),
        ("es", "both", ("es", "en")),
    ],
)
def test_language_it_was_earned_in_comes_first(locale, language, languages):
    assert paper.languages_of(sample("Ana", locale), language) == languages


@pytest.mark.parametrize("language", ["en", "es", "both"])
def test_language_that_the_edition_lacks_is_not_printed(language):
    certificate = sample("Ana", title={"en": "Basics"})
    assert paper.languages_of(certificate, language) == ("en",)


def test_variables_are_filled_in_the_language_of_their_text():
    text = "{name}|{module}|{setting}|{credit}|{date}|{edition}|{provider}|{number}|{score}"
    says = said(nursing(statement={"en": text, "es": text}, type=CreditType.COMPLETION, amount=None), "both")
    assert says["statement"] == [
        (
            "",
            "Ana|title (English)|setting_name (English)|None: demonstration|November 22, 2026|3|provider (English)|"
            "P-0000|{score}",
        ),
        (
            "es",
            "Ana|title (español)|setting_name (español)|Ninguno: demostración|22 de noviembre de 2026|3|"
            "provider (español)|P-0000|{score}",
        ),
    ]


@pytest.mark.parametrize(
    "kind, words",
    [
        (CreditType.CONTACT_HOURS, []),
        (CreditType.AMA_PRA_1, []),
        (CreditType.CHES, [("", "Health education contact hours (CHES)")]),
        (CreditType.STATE, [("", "Texas counselors")]),
    ],
)
def test_kind_of_credit_is_named_unless_its_amount_names_it(kind, words):
    assert said(nursing(type=kind, name={"en": "Texas counselors"}))["kind"] == words


@pytest.mark.parametrize(
    "kind, label", [(CreditType.ACPE, "Activity number (UAN)"), (CreditType.ANCC, "Activity number")]
)
def test_number_of_a_pharmacy_activity_is_named_as_pharmacists_know_it(kind, label):
    assert said(nursing(type=kind))["activity_number_label"] == [("", label)]


def test_no_amount_and_no_demonstration_is_plainly_no_credit():
    assert said(sample("Ana", demonstration=False))["amount"] == [("", "None")]


def test_sample_holds_all_that_its_offer_prints(settings):
    settings.DEMO = True
    certificate = paper.sample(factories.document(), offer(valid_months=24))
    facts = certificate.document
    assert (certificate.pk, certificate.printed_name, certificate.shown_code, facts.license.number) == (
        None,
        paper.SAMPLE_NAME,
        "2222-2222-2222-22222",
        "RN 884213",
    )
    assert (facts.credit.offer, certificate.expires_on is not None, facts.demonstration) == ("nursing", True, True)


def test_each_variable_has_its_meaning_and_a_sample():
    variables = paper.variables(factories.document(), offer(provider=factories.words("SOAR")), "es")
    assert tuple(variable.name for variable in variables) == VARIABLES
    assert all(variable.meaning and variable.sample for variable in variables)
    assert next(variable.sample for variable in variables if variable.name == "provider") == "SOAR (español)"


@pytest.mark.parametrize("mark", ["", "AMA PRA Category 1 Credit™"])
def test_words_of_authors_cannot_become_markup(mark):
    hostile = f'<script src="https://evil.example">{mark}</script>'
    texts = {name: {"en": hostile, "es": hostile} for name in ("provider", "statement", "extra", "signatory_role")}
    certificate = nursing(signatory=hostile, provider_address=hostile, **texts)
    html = written(certificate, "both")
    assert ("<script" in html, html.count("&lt;script")) == (False, 6)


def test_registered_mark_is_in_english_and_in_italics_on_a_spanish_paper():
    html = written(nursing(type=CreditType.AMA_PRA_1, amount="1.25"), "es")
    mark = '<i lang="en">AMA PRA Category 1 Credits<span class="trademark">™</span></i>'
    assert f'<p class="paper__value">1.25 {mark}</p>' in html


@pytest.mark.parametrize("locale, described", [("en", ("Seal", "QR code")), ("es", ("Sello", "Código QR"))])
def test_pictures_are_described_in_the_language_of_the_paper(locale, described):
    html = written(sample("Ana", locale), "both")
    found = re.findall(r'alt="(.+?)"', html)
    starts = [text.startswith(start) for text, start in zip(found, described, strict=True)]
    assert (html.split(">")[0].split("<")[1], starts) == (f'article class="paper" lang="{locale}"', [True, True])


def written(certificate, language: str) -> str:
    return render_to_string("certificates/paper_body.html", paper.page(certificate, language)).strip()


def test_qr_code_opens_the_verification(settings, monkeypatch):
    settings.SITE_URL = "https://training.example.org"
    asked = []
    monkeypatch.setattr(paper, "_qr", asked.append)
    paper.page(sample("Ana"), "en")
    assert asked == ["https://training.example.org/verify/7K3MPQ9XAB2CD4EFG"]
