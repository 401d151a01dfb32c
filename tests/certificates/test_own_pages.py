import re
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import Profile
from certificates import codes, drawing, files, signing
from certificates.document import License
from certificates.models import Certificate, CorrectionRequest, Drawing, SigningCertificate
from certificates.presenting.listing import listed
from certificates.services.issuing import Held, issue
from certificates.services.succeeding import replace
from jobs.models import Job
from tests import factories
from tests.certificates.factories import COMPLETED_AT, certificate, completion, drawn, offer

pytestmark = pytest.mark.django_db
PDF = b"%PDF of a certificate"
NAME = "/en/certificates/basics/name/"


@pytest.fixture(autouse=True)
def _no_drawing(monkeypatch, settings):
    settings.DEMO = True  # signs with the key for development
    monkeypatch.setattr(signing, "sign", lambda content: content)
    monkeypatch.setattr(drawing, "draw", lambda _certificate, _language: PDF)


@pytest.fixture
def learner(client):
    user = factories.user()
    client.force_login(user)
    return user


@pytest.fixture
def stranger(client):
    user = factories.user("stranger@example.org")
    client.force_login(user)
    return user


def addresses(row: Certificate) -> list[str]:
    start = f"/en/certificates/{row.shown_code}/"
    return [start, f"{start}status", f"{start}papers/en/soar-certificate-{row.shown_code}.pdf"]


def text_of(client, row: Certificate) -> str:
    return " ".join(client.get(addresses(row)[0]).content.decode().split())


def nursing(**fields):
    return factories.document(offers=(offer(**fields),))


NURSE = {"offer": "nursing", "held": Held("nurse", License(number="RN 884213", state="TX"))}


def test_name_page_shows_the_name_of_the_profile_as_printed(client, learner):
    completion(learner)
    Profile.objects.filter(user=learner).update(printed_name="Ana Ruiz")
    page = client.get(NAME)
    assert (page.context["form"]["printed_name"].value(), page.context["printed"]) == ("Ana Ruiz", "Ana Ruiz")
    assert "<bdi>Ana Ruiz</bdi>" in page.content.decode()


def test_confirming_the_name_issues_and_shows_the_certificate(client, learner):
    row = completion(learner)
    answer = client.post("/es/certificates/basics/name/", {"printed_name": " Ana  Ruiz "})
    issued = Certificate.objects.get()
    assert (issued.completion, issued.printed_name, issued.locale, issued.issued_by) == (row, "Ana Ruiz", "en", learner)
    assert (answer.status_code, answer.url) == (302, f"/es/certificates/{issued.shown_code}/")
    assert Profile.objects.get(user=learner).printed_name == "Ana Ruiz"


def test_looking_at_the_name_issues_nothing(client, learner):
    completion(learner)
    page = client.post(NAME, {"printed_name": " Ana  Ruiz ", "look": "1"})
    assert (page.context["printed"], Certificate.objects.count()) == ("Ana Ruiz", 0)


@pytest.mark.parametrize(
    "language, name, message",
    [
        ("en", "Ana 😀", "We cannot print these characters of the name: 😀. Please write it without them."),
        ("es", "Ana 😀", "No podemos imprimir estos caracteres del nombre: 😀. Por favor, escríbalo sin ellos."),
        (
            "en",
            "A" * 300,
            "This name has 300 characters; a certificate has room for 120. Please shorten it.",
        ),
        ("en", "", "Enter your name as it should be printed on your certificate."),
    ],
)
def test_refused_name_is_explained_and_kept(client, learner, language, name, message):
    completion(learner)
    page = client.post(f"/{language}/certificates/basics/name/", {"printed_name": name})
    form = page.context["form"]
    assert (page.status_code, form.errors["printed_name"], form["printed_name"].value()) == (200, [message], name)
    assert Certificate.objects.count() == 0


def test_name_page_carries_the_typed_name_to_the_other_language(client, learner):
    completion(learner)
    answer = client.post(NAME, {"printed_name": "Ana R", "switch": "es"})
    page = client.get(answer.url)
    assert (answer.url, page.context["form"]["printed_name"].value()) == ("/es/certificates/basics/name/", "Ana R")
    assert Certificate.objects.count() == 0


def test_name_page_before_completion_leads_to_the_training(client, learner):
    factories.release()
    answer = client.get(NAME)
    assert (answer.status_code, answer.url) == (302, "/en/training/")


def test_name_page_after_issue_leads_to_the_certificate(client, learner):
    issued = certificate(learner)
    answers = [client.get(NAME), client.post(NAME, {"printed_name": "Somebody Else"})]
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, addresses(issued)[0])] * 2
    assert Certificate.objects.get().printed_name == "María José Núñez"


def test_certificate_page_waits_for_the_drawing(client, learner):
    issued = certificate(learner)
    page, status = [client.get(address) for address in addresses(issued)[:2]]
    assert f'data-poll="{addresses(issued)[1]}"' in page.content.decode()
    assert status.json() == {"ready": False, "url": None}


@pytest.mark.parametrize(
    "paper, name",
    [("en", "soar-certificate-{}"), ("es", "certificado-soar-{}"), ("both", "soar-certificate-{}-en-es")],
)
def test_certificate_page_links_the_file_named_in_the_papers_language(client, learner, paper, name):
    issued = drawn(by=learner, paper=paper)
    page, status = [client.get(address) for address in addresses(issued)[:2]]
    url = f"/en/certificates/{issued.shown_code}/papers/{paper}/{name.format(issued.shown_code)}.pdf"
    assert status.json() == {"ready": True, "url": url}
    assert (f'href="{url}"' in page.content.decode(), "data-poll" in page.content.decode()) == (True, False)
    assert client.get(url)["Content-Disposition"] == f'inline; filename="{name.format(issued.shown_code)}.pdf"'


def test_paper_in_one_language_more_is_ordered_once_and_waited_for(client, learner):
    issued = drawn(by=learner)
    start, status, _file = addresses(issued)
    answers = [client.post(f"{start}papers/", {"language": "es"}).url for _press in range(2)]
    assert answers == [f"{start}?paper=es#papers"] * 2
    drawings = Job.objects.filter(kind="certificates.draw").values_list("payload", flat=True)
    assert list(drawings) == [{"certificate": issued.pk, "language": language} for language in ("en", "es")]
    assert f'data-poll="{status}?paper=es"' in client.get(answers[0]).content.decode()
    assert client.get(f"{status}?paper=es").json() == {"ready": False, "url": None}


@pytest.mark.parametrize(
    "language, fields",
    [
        ("fr", {}),
        ("", {}),
        ("es", {"content": factories.document(locales=("en",), title={"en": "title"})}),
        ("both", {"content": factories.document(locales=("en",), title={"en": "title"})}),
        ("es", {"replaced_at": COMPLETED_AT}),
        ("es", {"revoked_at": COMPLETED_AT, "revocation_category": "error"}),
    ],
)
def test_paper_that_cannot_be_drawn_is_not_ordered(client, learner, language, fields):
    issued = drawn(by=learner, **fields)
    answer = client.post(f"{addresses(issued)[0]}papers/", {"language": language})
    assert (answer.status_code, Job.objects.filter(kind="certificates.draw").count()) == (404, 1)


def test_page_says_credit_and_license_to_its_holder(client, learner):
    issued = drawn(by=learner, content=nursing(), **NURSE)
    text = text_of(client, issued)
    assert "<dd>1.25 contact hours · name of nursing (English)</dd>" in text
    assert "<dd><bdi>RN 884213</bdi> (TX)</dd>" in text


def test_variables_in_the_names_of_credit_and_provider_are_filled_on_every_page(client, learner):
    name = {"en": "Hours in {setting}", "es": "Horas en {setting}"}
    provider = {"en": "Team of {module}", "es": "Equipo de {module}"}
    Profile.objects.filter(user=learner).update(profession="nurse")
    row = completion(learner, content=nursing(name=name, provider=provider))
    before = client.get(f"{NAME}?profession=nurse").context["claims"][0]
    assert (before.title, before.provider) == ("Hours in your professional setting", "Team of title (English)")
    given = issue(completion=row, printed_name="Ana Ruiz", by=learner, **NURSE)
    own = client.get(addresses(given)[0]).context
    assert own["credit"] == "1.25 contact hours · Hours in clinic (English)"
    assert own["described"].provider == "Team of title (English)"
    assert listed(learner)[0]["credit"] == own["credit"]
    [entry] = client.get("/en/transcript/").context["listing"].entries
    assert (entry.credit_name, entry.provider) == ("Hours in clinic (English)", "Team of title (English)")


def test_page_links_what_else_the_completion_earns(client, learner):
    issued = drawn(by=learner, content=nursing())
    link = f'href="{NAME}{issued.completion.enrolment_id}/"'
    assert link in text_of(client, issued)
    Profile.objects.filter(user=learner).update(profession="teacher")
    assert link not in text_of(client, issued)


def test_page_of_a_replaced_certificate_leads_to_its_successor_and_back(client, learner):
    old = drawn(by=learner)
    new = replace(certificate=old, facts=old.document, printed_name="Ana Gil", by=learner, note="")
    texts = [text_of(client, row) for row in (Certificate.objects.get(pk=old.pk), new)]
    assert f'href="{addresses(new)[0]}">Open the certificate that took its place' in texts[0]
    assert f'It takes the place of <a href="{addresses(old)[0]}">{old.shown_code}</a>.' in texts[1]


OPEN, MAKE = "Open the PDF", "Make it in this language too"
PAPERS = rf"({OPEN}|{MAKE}): ([A-Za-z ]+)<"


@pytest.mark.parametrize(
    "paper, later, papers",
    [
        ("es", {}, [(OPEN, "Spanish"), (MAKE, "English"), (MAKE, "English and Spanish")]),
        ("both", {}, [(OPEN, "English and Spanish"), (MAKE, "English"), (MAKE, "Spanish")]),
        ("both", {"replaced_at": COMPLETED_AT}, [(OPEN, "English and Spanish")]),
    ],
)
def test_papers_that_are_drawn_stand_first_and_alone_once_it_has_ended(client, learner, paper, later, papers):
    issued = drawn(by=learner, paper=paper, **later)
    assert re.findall(PAPERS, text_of(client, issued)) == papers


@pytest.mark.parametrize(
    "last_day, order", [(date(2020, 1, 1), ["renewal", "papers"]), (date(2098, 5, 1), ["papers", "renewal"])]
)
def test_renewal_comes_first_once_the_certificate_has_expired(client, learner, last_day, order):
    issued = drawn(by=learner, expires_on=last_day)
    assert re.findall(r'id="(renewal|papers)"', text_of(client, issued)) == order


def test_certificate_that_ended_before_it_was_drawn_offers_no_paper(client, learner):
    issued = certificate(learner, replaced_at=COMPLETED_AT)
    assert 'id="papers"' not in text_of(client, issued)


@pytest.mark.parametrize("is_development", [True, False])
def test_page_says_when_the_signature_was_made_with_a_key_for_development(client, learner, is_development):
    issued = drawn(by=learner)
    SigningCertificate.objects.update_or_create(
        key_id=Drawing.objects.get().key_id, defaults={"is_development": is_development}
    )
    assert ("made with a key for development" in text_of(client, issued)) == is_development


def ask(client, row: Certificate, **fields):
    sent = {"printed_name": "Ana Gil", "reason": "I have married."} | fields
    return client.post(f"{addresses(row)[0]}correction/", sent)


def test_learner_asks_for_a_correction_and_sees_where_it_stands(client, learner):
    issued = drawn(by=learner, content=nursing(), **NURSE)
    page = client.get(f"{addresses(issued)[0]}correction/")
    assert [page.context["form"][name].value() for name in ("printed_name", "license_number", "license_state")] == [
        "María José Núñez",
        "RN 884213",
        "TX",
    ]
    answer = ask(client, issued, license_number="RN 1", license_state="NY")
    fields = ("printed_name", "license_number", "license_state", "reason", "asked_by", "state")
    asked = CorrectionRequest.objects.values_list(*fields).get()
    assert (answer.url, asked) == (
        addresses(issued)[0],
        ("Ana Gil", "RN 1", "NY", "I have married.", learner.pk, "open"),
    )
    text = text_of(client, issued)
    assert ("Waiting for a decision" in text, "Ask for a correction" in text) == (True, False)


def test_learner_withdraws_a_request_and_may_ask_again(client, learner):
    issued = drawn(by=learner)
    ask(client, issued)
    client.post(f"{addresses(issued)[0]}correction/withdraw/")
    assert CorrectionRequest.objects.get().state == "withdrawn"
    assert "Ask for a correction" in text_of(client, issued)
    client.post(f"{addresses(issued)[0]}correction/withdraw/")
    assert "Your request was decided meanwhile." in text_of(client, issued)


def test_answer_of_support_is_shown_to_the_learner(client, learner):
    issued = drawn(by=learner)
    ask(client, issued)
    decided = {"state": "refused", "answer": "Please send us <your> license.", "decided_by": learner}
    CorrectionRequest.objects.update(**decided, decided_at=COMPLETED_AT)
    text = text_of(client, issued)
    assert ("Refused" in text, "Please send us &lt;your&gt; license." in text) == (True, True)


@pytest.mark.parametrize(
    "told, field, message",
    [
        (
            {"printed_name": "María José Núñez"},
            "__all__",
            "This is what the certificate says already. Please change what is wrong.",
        ),
        ({"reason": ""}, "reason", "Say what is wrong."),
        (
            {"reason": "a" * 10_000},
            "reason",
            "This has 10000 characters; there is room for 1000. Please shorten it.",
        ),
        (
            {"reason": "a\u202eb"},
            "reason",
            "This holds characters that cannot be seen, perhaps from pasting. Please type it.",
        ),
        (
            {"printed_name": "A" * 10_000},
            "printed_name",
            "This name has 10000 characters; a certificate has room for 120. Please shorten it.",
        ),
    ],
)
def test_request_that_cannot_be_sent_is_explained_and_kept(client, learner, told, field, message):
    issued = drawn(by=learner)
    form = ask(client, issued, **told).context["form"]
    assert (form.errors, CorrectionRequest.objects.count()) == ({field: [message]}, 0)
    assert {name: form[name].value() for name in told} == told


def test_request_travels_to_the_other_language(client, learner):
    issued = drawn(by=learner)
    answer = ask(client, issued, switch="es")
    form = client.get(answer.url).context["form"]
    assert [form[name].value() for name in ("printed_name", "reason")] == ["Ana Gil", "I have married."]
    assert CorrectionRequest.objects.count() == 0


def test_second_request_or_one_for_a_replaced_certificate_is_not_sent(client, learner):
    issued = drawn(by=learner)
    answers = [ask(client, issued).url for _press in range(2)]
    replaced = drawn(by=learner, content=factories.document(key="other"), replaced_at=COMPLETED_AT)
    answers.append(ask(client, replaced).url)
    assert answers == [addresses(issued)[0]] * 2 + [addresses(replaced)[0]]
    assert CorrectionRequest.objects.count() == 1


def test_certificate_page_asks_the_database_little(client, learner, django_assert_max_num_queries):
    issued = drawn(by=learner, content=nursing(), **NURSE)
    client.get(addresses(issued)[0])
    with django_assert_max_num_queries(14):
        client.get(addresses(issued)[0])


def test_training_lists_every_certificate_with_status_and_expiry(client, learner):
    old = drawn(by=learner, content=nursing(), expires_on=date(2098, 5, 1), **NURSE)
    new = replace(certificate=old, facts=old.document, printed_name="Ana Gil", by=learner, note="")
    rows = client.get("/en/training/").context["certificates"]
    assert [(row["url"], row["credit"], row["status"], row["expires_on"]) for row in rows] == [
        (addresses(row)[0], "1.25 contact hours · name of nursing (English)", status, date(2098, 5, 1))
        for row, status in ((new, "valid"), (old, "replaced"))
    ]


def test_training_list_costs_one_query_however_long_it_is(client, learner, django_assert_num_queries):
    for key in ("one", "two", "three"):
        certificate(learner, content=factories.document(key=key))
    with django_assert_num_queries(1):
        rows = listed(learner)
    assert len(rows) == 3


def test_file_is_shown_in_the_browser_and_kept_by_nobody_else(client, learner):
    issued = drawn(by=learner)
    answer = client.get(addresses(issued)[2])
    names = ("Content-Type", "Content-Disposition", "X-Content-Type-Options", "X-Frame-Options")
    assert (answer.status_code, answer.content, [answer[name] for name in names]) == (
        200,
        PDF,
        ["application/pdf", f'inline; filename="soar-certificate-{issued.shown_code}.pdf"', "nosniff", "DENY"],
    )
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))


def test_file_before_the_drawing_is_not_found(client, learner):
    assert client.get(addresses(certificate(learner))[2]).status_code == 404


def test_file_that_is_not_as_issued_is_held_back_and_reported(client, learner, caplog):
    issued = drawn(by=learner)
    picture = Drawing.objects.get()
    default_storage.delete(picture.file.name)
    default_storage.save(picture.file.name, ContentFile(PDF + b"!"))
    answer = client.get(addresses(issued)[2])
    assert (answer.status_code, PDF in answer.content) == (500, False)
    assert "We are holding this file back" in answer.content.decode()
    assert [record.levelname for record in caplog.records if record.name == files.__name__] == ["ERROR"]


def test_other_peoples_codes_are_answered_like_unknown_ones(client, stranger):
    issued = drawn()
    known = [client.get(address).status_code for address in addresses(issued)]
    issued.code = codes.new()
    unknown = [client.get(address).status_code for address in addresses(issued)]
    assert (known, unknown) == ([404] * 3, [404] * 3)


def test_stranger_cannot_name_somebody_elses_completion(client, stranger):
    completion()
    answer = client.post(NAME, {"printed_name": "Stranger"})
    assert (answer.url, Certificate.objects.count()) == ("/en/training/", 0)


def test_own_pages_ask_to_sign_in(client):
    issued = drawn()
    answers = [client.get(address) for address in [NAME, *addresses(issued)]]
    assert [(answer.status_code, answer.url.partition("?")[0]) for answer in answers] == [(302, "/en/sign-in/")] * 4


@pytest.mark.parametrize("revoked", [True, False])
def test_holder_of_a_revoked_certificate_is_told_whom_to_ask(client, learner, revoked):
    later = {"revoked_at": COMPLETED_AT, "revocation_category": "error"} if revoked else {"replaced_at": COMPLETED_AT}
    told = "If you think that this is a mistake, please write to whoever runs your training."
    assert (told in text_of(client, drawn(by=learner, **later))) == revoked


def test_page_of_a_revoked_certificate_says_so(client, learner):
    issued = drawn(by=learner, revoked_at=COMPLETED_AT, revocation_category="error")
    text = client.get(addresses(issued)[0]).content.decode()
    assert ("It has not been valid since November 22, 2026. It was issued by mistake." in text, "is ready" in text) == (
        True,
        False,
    )


@pytest.mark.parametrize("language, word", [("en", "Your certificate is ready"), ("es", "Su certificado está listo")])
def test_certificate_page_speaks_the_pages_language(client, learner, language, word):
    issued = drawn(by=learner)
    text = client.get(f"/{language}/certificates/{issued.shown_code}/").content.decode()
    suffix = {"en": "(English)", "es": "(español)"}
    other = suffix["es" if language == "en" else "en"]
    assert (word in text, f"title {suffix[language]}" in text, other in text) == (True, True, False)
