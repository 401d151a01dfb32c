import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import Profile
from certificates import codes, drawing, files
from certificates.models import Certificate, Drawing
from tests import factories
from tests.certificates.factories import COMPLETED_AT, certificate, completion, drawn

pytestmark = pytest.mark.django_db
PDF = b"%PDF of a certificate"
NAME = "/en/certificates/basics/name/"


@pytest.fixture(autouse=True)
def _no_drawing(monkeypatch):
    monkeypatch.setattr(drawing, "draw", lambda _certificate: PDF)


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
    return [start, f"{start}status", f"{start}soar-certificate-{row.shown_code}.pdf"]


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
    assert (issued.completion, issued.printed_name, issued.locale, issued.issued_by) == (row, "Ana Ruiz", "es", learner)
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


@pytest.mark.parametrize("locale, file", [("en", "soar-certificate"), ("es", "certificado-soar")])
def test_certificate_page_links_the_file_in_the_certificates_language(client, learner, locale, file):
    issued = drawn(by=learner, locale=locale)
    page, status = [client.get(address) for address in addresses(issued)[:2]]
    url = f"/en/certificates/{issued.shown_code}/{file}-{issued.shown_code}.pdf"
    assert status.json() == {"ready": True, "url": url}
    assert (f'href="{url}"' in page.content.decode(), "data-poll" in page.content.decode()) == (True, False)


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
