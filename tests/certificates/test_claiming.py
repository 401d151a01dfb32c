"""From a completion to the certificate that its learner chooses."""

from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest

from accounts.models import Profile
from certificates.document import License
from certificates.models import Certificate, ReportingData
from jobs.models import Job
from tests import factories
from tests.certificates.factories import COMPLETED_AT, certificate, completion, offer

pytestmark = pytest.mark.django_db
NAME = "/en/certificates/basics/name/"
NURSING = f"{NAME}?profession=nurse&offer=nursing"
PHARMACY = f"{NAME}?profession=pharmacist&offer=pharmacy"
LICENSE = {"license_number": "RN 884213", "license_state": "TX"}
TOLD = {"printed_name": "Ana Ruiz", **LICENSE}
REPORTED = {"printed_name": "Ana Ruiz", "nabp_id": "123456", "birth_month": "02", "birth_day": "29"}
OVERRIDE = "Ana \u202eziuR"


@pytest.fixture
def learner(client):
    user = factories.user()
    client.force_login(user)
    return user


def offers():
    pharmacy = offer(
        "pharmacy", type="acpe", amount="0.75", professions=("pharmacist",), needs_license=False, needs_nabp=True
    )
    english = offer("english", amount="2", professions=(), languages=("en",), needs_license=False)
    return factories.document(offers=(pharmacy, offer(), english))


def keys(claims) -> list[str]:
    return [claim.offer.key for claim in claims]


def text(response) -> str:
    return unescape(response.content.decode())


def test_e10_choice_shows_what_the_profession_earns_and_why_not_the_rest(client, learner):
    """Protects: credit follows profession, and whoever cannot have an offer is told why (presenting/claims.py)."""
    completion(learner, locale="es", content=offers())
    page = client.get(f"{NAME}?profession=nurse").context
    assert (keys(page["claims"]), page["chosen"]) == (["nursing", "completion"], "nursing")
    assert [(claim.offer.key, claim.reasons) for claim in page["barred"]] == [
        ("english", ("Earned by finishing in: English.",)),
        ("pharmacy", ("For these professions: Pharmacist.",)),
    ]


def test_choice_asks_for_the_profession_that_the_profile_lacks(client, learner):
    completion(learner, content=offers())
    page = client.get(NAME)
    assert (page.context["form"]["profession"].value(), keys(page.context["claims"])) == ("", ["english", "completion"])
    assert "Credit follows your profession, so please tell us yours first." in text(page)
    Profile.objects.filter(user=learner).update(profession="nurse")
    page = client.get(NAME)
    assert (page.context["form"]["profession"].value(), page.context["chosen"]) == ("nurse", "english")


def test_looking_with_another_profession_chooses_nothing(client, learner):
    completion(learner, content=offers())
    page = client.get(f"{NAME}?profession=pharmacist&offer=completion&look=1")
    assert (keys(page.context["claims"]), page.context["chosen"]) == (
        ["english", "pharmacy", "completion"],
        "completion",
    )


@pytest.mark.parametrize(
    "fields, reason",
    [
        ({"starts_on": date(2026, 11, 23)}, "For finishing on November 23, 2026 or later."),
        ({"ends_on": date(2026, 11, 21)}, "For finishing on November 21, 2026 or earlier."),
    ],
)
def test_days_of_an_offer_are_told(client, learner, fields, reason):
    completion(learner, content=factories.document(offers=(offer(**fields),)))
    page = client.get(f"{NAME}?profession=nurse")
    assert [claim.reasons for claim in page.context["barred"]] == [(reason,)]


def test_choice_travels_to_the_other_language(client, learner):
    completion(learner, content=offers())
    answer = client.get(f"{NAME}?profession=nurse&offer=completion&switch=es")
    assert answer.url == "/es/certificates/basics/name/?profession=nurse&chosen=completion"
    page = client.get(answer.url).context
    assert (page["chosen"], page["profession"]) == ("completion", "nurse")


def test_module_with_one_certificate_asks_for_the_name_at_once(client, learner):
    completion(learner)
    page = client.get(NAME)
    assert (page.templates[0].name, list(page.context["form"].fields)) == (
        "certificates/name.html",
        ["printed_name", "paper"],
    )


@pytest.mark.parametrize(
    "address, fields",
    [
        (NURSING, ["printed_name", "license_number", "license_state", "paper"]),
        (PHARMACY, ["printed_name", "nabp_id", "birth_month", "birth_day", "paper"]),
        (f"{NAME}?profession=nurse&offer=completion", ["printed_name", "paper"]),
    ],
)
def test_form_asks_for_what_the_credit_needs_and_no_more(client, learner, address, fields):
    completion(learner, content=offers())
    Profile.objects.filter(user=learner).update(state="TX", printed_name="Ana Ruiz")
    form = client.get(address).context["form"]
    known = {name: form[name].value() for name in fields if form[name].value()}
    expected = {"printed_name": "Ana Ruiz", "paper": "en"}
    assert (list(form.fields), known) == (
        fields,
        expected | ({"license_state": "TX"} if "license_state" in fields else {}),
    )


def test_edition_in_one_language_has_one_paper(client, learner):
    completion(learner, content=factories.document(locales=("en",)))
    assert list(client.get(NAME).context["form"].fields) == ["printed_name"]


def test_claiming_issues_with_profession_license_and_paper(client, learner):
    row = completion(learner, content=offers())
    answer = client.post(NURSING, {**TOLD, "paper": "both"})
    issued = Certificate.objects.get()
    facts = issued.document
    assert answer.url == f"/en/certificates/{issued.shown_code}/"
    assert (issued.completion, issued.offer, issued.printed_name) == (row, "nursing", "Ana Ruiz")
    assert (facts.profession, facts.license) == ("nurse", License(number="RN 884213", state="TX"))
    drawings = Job.objects.filter(kind="certificates.draw").values_list("payload", flat=True)
    assert list(drawings) == [{"certificate": issued.pk, "language": "both"}]
    assert Profile.objects.get(user=learner).profession == "nurse"


def test_claiming_pharmacy_credit_keeps_what_it_is_reported_with(client, learner):
    completion(learner, content=offers())
    client.post(PHARMACY, REPORTED)
    assert list(ReportingData.objects.values_list("certificate__offer", "nabp_id", "birthday")) == [
        ("pharmacy", "123456", "0229")
    ]


@pytest.mark.parametrize(
    "address, told, field, message",
    [
        (NURSING, {"license_number": ""}, "license_number", "Enter the number of your license."),
        (NURSING, {"license_state": ""}, "license_state", "Choose the state or territory of your license."),
        (NURSING, {"license_state": "ZZ"}, "license_state", "Choose the state or territory of your license."),
        (
            NURSING,
            {"license_number": "9" * 10_000},
            "license_number",
            "This license number has 10000 characters; there is room for 40.",
        ),
        (
            NURSING,
            {"license_number": "RN\u202e1"},
            "license_number",
            "This license number holds other characters than A to Z, digits and signs, perhaps unseen ones from "
            "pasting. Please type it.",
        ),
        (
            NURSING,
            {"printed_name": OVERRIDE},
            "printed_name",
            "This name holds characters that cannot be seen, perhaps from pasting. Please type it.",
        ),
        (
            NURSING,
            {"printed_name": "A" * 10_000},
            "printed_name",
            "This name has 10000 characters; a certificate has room for 120. Please shorten it.",
        ),
        (PHARMACY, {"nabp_id": "12a"}, "nabp_id", "An NABP e-Profile ID is a number of 4 to 10 digits."),
        (PHARMACY, {"birth_day": "30"}, "birth_day", "This month has no such day."),
        (PHARMACY, {"birth_month": ""}, "birth_month", "Choose the month of your birthday."),
    ],
)
def test_what_cannot_stand_is_explained_and_everything_kept(client, learner, address, told, field, message):
    completion(learner, content=offers())
    sent = {**(TOLD if address == NURSING else REPORTED), **told}
    form = client.post(address, sent).context["form"]
    assert (form.errors, Certificate.objects.count()) == ({field: [message]}, 0)
    assert {name: form[name].value() for name in sent} == sent


def test_looking_at_the_name_asks_for_nothing_else(client, learner):
    completion(learner, content=offers())
    page = client.post(NURSING, {"printed_name": " Ana  Ruiz ", "look": "1"})
    assert (page.context["form"].errors, page.context["printed"]) == ({}, "Ana Ruiz")
    assert Certificate.objects.count() == 0


def test_everything_typed_travels_to_the_other_language(client, learner):
    completion(learner, content=offers())
    answer = client.post(NURSING, {**TOLD, "paper": "es", "switch": "es"})
    form = client.get(answer.url).context["form"]
    assert answer.url == "/es/certificates/basics/name/?profession=nurse&offer=nursing"
    assert {name: form[name].value() for name in form.fields} == {**TOLD, "paper": "es"}
    assert Certificate.objects.count() == 0


def test_everything_typed_survives_an_expired_session(client, learner):
    completion(learner, content=offers())
    client.logout()
    answer = client.post(NURSING, TOLD)
    assert (answer.url.partition("?")[0], Certificate.objects.count()) == ("/en/sign-in/", 0)
    session = dict(client.session)
    client.force_login(learner)
    kept = client.session
    kept.update({"carried": session["carried"]})
    kept.save()
    form = client.get(NURSING).context["form"]
    assert {name: form[name].value() for name in TOLD} == TOLD


def test_offer_for_others_is_refused_with_its_reason_and_nothing_is_lost(client, learner):
    completion(learner, content=offers())
    page = client.post(f"{NAME}?profession=nurse&offer=pharmacy", {"printed_name": "Ana Ruiz de Paz"})
    assert (page.status_code, Certificate.objects.count()) == (422, 0)
    assert "That certificate has other conditions" in text(page)
    assert "For these professions: Pharmacist." in text(page)
    assert client.get(NURSING).context["form"]["printed_name"].value() == "Ana Ruiz de Paz"


@pytest.mark.parametrize("address", [f"{NAME}?offer=nowhere", f"{NAME}?profession=emperor"])
def test_unknown_offer_or_profession_leads_to_the_choice(client, learner, address):
    completion(learner, content=offers())
    page = client.get(address)
    assert (page.status_code, page.context["profession"], page.context["chosen"]) == (200, "", "english")


def test_claimed_offer_leads_to_its_certificate_and_leaves_the_others(client, learner):
    issued = certificate(learner, content=offers())
    assert client.get(f"{NAME}?offer=completion").url == f"/en/certificates/{issued.shown_code}/"
    page = client.get(f"{NAME}?profession=nurse").context
    assert (keys(page["claims"]), keys(page["issued"])) == (["english", "nursing"], ["completion"])


@pytest.mark.parametrize("at", [datetime(2025, 12, 31, 12, tzinfo=UTC), datetime(2090, 1, 1, tzinfo=UTC)])
@pytest.mark.parametrize(
    "language, words",
    [("en", "Some clock is or was wrong, so nothing was issued."), ("es", "no se emitió nada")],
)
def test_impossible_dates_are_told_and_nothing_is_issued(client, learner, at, language, words):
    completion(learner, at=at)
    page = client.post(f"/{language}/certificates/basics/name/", {"printed_name": "Ana Ruiz"})
    assert (page.status_code, words in text(page), Certificate.objects.count()) == (422, True, 0)


def test_e10_issue_waits_for_the_survey_and_the_pages_say_so_beforehand(client, learner):
    """Protects: no completion before the required survey (learning/progress.py), and what is left says so."""
    row = factories.enrolment(by=learner)
    for step in ("first-test", "shared", "clinic-lesson", "clinic-case", "final-test"):
        row = factories.finish(row, step)
    told = "The certificate comes after the survey: it can be issued once you have answered it."
    assert [told in text(client.get(address)) for address in ("/en/learn/basics/", "/en/training/")] == [True, True]
    assert (client.post(NAME, {"printed_name": "Ana"}).url, Certificate.objects.count()) == ("/en/training/", 0)
    factories.finish(row, "survey")
    client.post(NAME, {"printed_name": "Ana"})
    assert Certificate.objects.count() == 1


def test_earlier_completion_keeps_its_certificates_to_claim_after_a_later_one(client, learner):
    earlier = completion(learner, content=offers(), at=COMPLETED_AT - timedelta(hours=5))
    later = completion(learner, release=earlier.release)
    of_earlier = f"{NAME}{earlier.enrolment_id}/"
    assert of_earlier in text(client.get("/en/training/"))
    chosen = client.get(f"{of_earlier}?profession=nurse&offer=nursing&switch=es").url
    assert chosen == f"{of_earlier.replace('/en/', '/es/')}?profession=nurse&chosen=nursing"
    client.post(f"{of_earlier}?profession=nurse&offer=nursing", TOLD)
    client.post(NURSING, TOLD)
    assert list(Certificate.objects.order_by("pk").values_list("completion", flat=True)) == [earlier.pk, later.pk]
    assert [client.get(f"{NAME}{number}/").status_code for number in (later.enrolment_id + 1, "9" * 30)] == [404, 404]


def test_claim_pages_ask_the_database_little(client, learner, django_assert_max_num_queries):
    completion(learner, content=offers())
    client.get(NAME)
    for address in (NAME, NURSING):
        with django_assert_max_num_queries(9):
            client.get(address)
