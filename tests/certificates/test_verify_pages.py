import re
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certificates import codes, limits
from certificates.models import Certificate
from tests import factories
from tests.certificates.factories import certificate, sample_facts
from tests.certificates.records import THEN, issued, nursing

pytestmark = pytest.mark.django_db


def facts(page) -> list[str]:
    """The names and values of the page's list."""
    text = page.content.decode()
    inside = text[text.index('<dl class="facts">') : text.index("</dl>")]
    return [re.sub("<.+?>", "", found) for found in re.findall(r"<d[td].*?>(.+?)</d[td]>", inside)]


def without_token(page) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", page.content)


def test_e3_valid_certificate_in_english(client):
    """E3: name, course, setting, hours and credit, dates and status, in the visitor's language."""
    found = issued(facts=nursing(), expires_on=date(2099, 1, 2))
    page = client.get(f"/en/verify/{found.shown_code}/")
    assert "This certificate is valid" in page.content.decode()
    assert (page["X-Robots-Tag"], facts(page)) == (
        "noindex",
        [
            *[
                "Name",
                "María José Núñez",
                "Module",
                "title (English)",
                "Professional setting",
                "setting_name (English)",
            ],
            *["Credit", "1.25 contact hours · hours (English)", "Format", "format (English)", "Time", "50 minutes"],
            *["Provider", "provider (English)", "Provider number", "P-0000", "Edition", "3"],
            *["Completed on", "November 22, 2026", "Issued on", "December 1, 2026", "Valid until", "January 2, 2099"],
            *["Language", "English", "Verification code", found.shown_code],
        ],
    )


def test_e3_english_certificate_for_a_visitor_who_reads_spanish(client):
    """E3: in the visitor's language, whichever it was earned in."""
    found = issued()
    page = client.get(f"/es/verify/{found.code.lower()}/")
    assert "Este certificado es válido" in page.content.decode()
    assert facts(page) == [
        *["Nombre", "María José Núñez", "Módulo", "title (español)", "Entorno profesional", "setting_name (español)"],
        *["Crédito", "Sin crédito", "Formato", "format (español)", "Duración", "50 minutos"],
        *["Proveedor", "provider (español)", "Edición", "3", "Fecha de finalización", "22 de noviembre de 2026"],
        *["Fecha de emisión", "1 de diciembre de 2026"],
        *["Idioma", "Inglés", "Código de verificación", found.shown_code],
    ]


def test_certificate_of_a_demonstration_says_so(client):
    found = issued(facts=sample_facts())
    assert "No credit (demonstration)" in facts(client.get(f"/en/verify/{found.shown_code}/"))


def test_format_is_said_where_authors_wrote_none_and_their_variables_are_filled(client):
    provider = {"en": "Team of {module}", "es": "Equipo de {module}"}
    found = issued(facts=nursing(format={}, provider=provider))
    said = facts(client.get(f"/en/verify/{found.shown_code}/"))
    assert (said[said.index("Format") + 1], said[said.index("Provider") + 1]) == (
        "Online, self-paced",
        "Team of title (English)",
    )


def test_words_that_the_visitors_language_lacks_carry_their_own(client):
    found = certificate(content=factories.document(locales=("en",), title={"en": "title (English)"}))
    page = client.get(f"/es/verify/{found.shown_code}/").content.decode()
    assert '<dd lang="en">title (English)</dd>' in page


@pytest.mark.parametrize(
    "later, heading, text",
    [
        (
            {"replaced_at": THEN},
            "This certificate was replaced",
            "Another certificate took its place on December 1, 2026. Ask its holder for the new code.",
        ),
        (
            {"revoked_at": THEN, "revocation_category": "identity", "revocation_note": "a private matter"},
            "This certificate was revoked",
            "It has not been valid since December 1, 2026. It names the wrong person.",
        ),
        ({"expires_on": date(2026, 1, 2)}, "This certificate has expired", "It was valid until January 2, 2026."),
    ],
)
def test_certificate_that_is_no_longer_valid(client, later, heading, text):
    page = client.get(f"/en/verify/{certificate(**later).shown_code}/").content.decode()
    assert (f"<h2>{heading}</h2>" in page, text in page, "This certificate is valid" in page) == (True, True, False)
    assert "a private matter" not in page


@pytest.mark.parametrize(
    "expires_on, text",
    [
        (None, "It was issued here and is in force. Its holder has renewed it since, with another code."),
        (
            date(2026, 1, 2),
            "It was valid until January 2, 2026. Its holder has renewed it since: ask for the new code.",
        ),
    ],
)
def test_renewed_certificate_says_so_without_the_new_code(client, expires_on, text):
    holder = factories.user()
    old = issued(holder, expires_on=expires_on)
    new = issued(holder, facts=sample_facts(completed_on=date(2027, 11, 22)), renews=old)
    page = client.get(f"/en/verify/{old.shown_code}/").content.decode()
    assert (text in page, new.shown_code in page) == (True, False)


def test_new_code_of_a_replaced_certificate_is_for_its_holder_alone(client):
    holder = factories.user("holder@example.org")
    old = issued(holder, replaced_at=THEN)
    new = Certificate.objects.create(
        completion=old.completion,
        offer=old.offer,
        printed_name="Somebody",
        locale="en",
        facts=old.facts,
        issued_by=holder,
        replaces=old,
    )
    seen = []
    for visitor in (None, factories.user("other@example.org"), holder):
        client.logout()
        if visitor:
            client.force_login(visitor, backend="django.contrib.auth.backends.ModelBackend")
        seen.append(new.shown_code in client.get(f"/en/verify/{old.shown_code}/").content.decode())
    assert seen == [False, False, True]


@pytest.mark.parametrize("later", [{}, {"revoked_at": THEN, "revocation_category": "error"}, {"replaced_at": THEN}])
def test_e3_verification_gives_away_neither_address_nor_license_nor_score(client, later):
    """E3: no e-mail, license number or score; nor the profession, nor the private note."""
    note = {"revocation_note": "a private matter"} if "revoked_at" in later else {}
    found = issued(factories.user("somebody.private@example.org"), facts=nursing(), **later, **note)
    page = client.get(f"/en/verify/{found.shown_code}/").content.decode()
    secrets = ("somebody.private", "884213", "Nurse", "nurse", "90", "a private matter")
    assert [secret for secret in secrets if secret in page] == []


def test_programs_are_shown_the_way(client):
    found = issued()
    link = f'<link rel="alternate" type="application/json" href="/api/v1/certificates/{found.code}/?language=es">'
    assert link in client.get(f"/es/verify/{found.shown_code}/").content.decode()


@pytest.mark.parametrize("path", ["/en/verify/", "/en/verify/file/"])
def test_whoever_has_a_file_is_led_to_the_public_keys(client, path):
    page = client.get(path).content.decode()
    assert (reverse("certificates:keys") in page, "nobody has changed it since" in page) == (True, True)


def test_e4_codes_cannot_be_guessed():
    """E4: 80 random bits, and a check character that makes 31 of 32 typing errors no code at all."""
    drawn = [codes.new() for _ in range(2000)]
    bodies = [code[:-1] for code in drawn]
    assert (len(codes.ALPHABET), {len(code) for code in drawn}, len(set(drawn))) == (32, {17}, 2000)
    assert all({body[place] for body in bodies} == set(codes.ALPHABET) for place in range(16))
    assert {codes.parse(code) for code in drawn} == set(drawn)
    assert [codes.parse(body + wrong) for body, wrong in zip(bodies, _wrong_letters(drawn), strict=True)] == [
        None
    ] * 2000


def _wrong_letters(drawn: list[str]) -> list[str]:
    return [codes.ALPHABET[(codes.ALPHABET.index(code[-1]) + 1) % 32] for code in drawn]


def test_e4_every_wrong_code_gets_one_identical_answer():
    """E4: unknown, malformed, foreign and erased codes get one answer: status, headers, body and number of queries."""
    erased = issued()
    Certificate.objects.filter(pk=erased.pk).update(printed_name="", facts={}, erased_at=THEN)
    wrong = [codes.shown(codes.new()), codes.new(), "x", "2222-2222-2222-22223", "ünïcode", "a b%2Fc", "9" * 400]
    wrong.append(erased.shown_code)
    pages, queries = [], []
    Client().get("/en/verify/x/")  # what is the same for everybody is cached from here on
    for code in wrong:
        with CaptureQueriesContext(connection) as seen:
            pages.append(Client().get(f"/en/verify/{code}/"))
        queries.append(len(seen))
    pages += [Client().get("/en/verify/", {"code": code}) for code in ["x", "../..", "<script>"]]
    assert ({page.status_code for page in pages}, len(set(queries))) == ({404}, 1)
    assert len({without_token(page) for page in pages}) == 1
    assert len({headers_of(page) for page in pages}) == 1
    assert ('name="code"' in pages[0].content.decode(), "hreflang" in pages[0].content.decode()) == (True, True)


@pytest.mark.parametrize("typed", ["", "  "])
@pytest.mark.parametrize("language, asked", [("en", "Enter the code."), ("es", "Escriba el código.")])
def test_field_that_was_left_empty_asks_for_the_code(typed, language, asked, client):
    page = client.get(f"/{language}/verify/", {"code": typed})
    assert (page.status_code, page.context["form"].errors["code"]) == (422, [asked])


def headers_of(page) -> str:
    """Without the second of the answer."""
    return str(sorted((name, value) for name, value in page.headers.items() if name != "Expires"))


def test_e4_somebody_elses_code_opens_nothing_of_theirs(client):
    """E4: to whoever is signed in, a foreign code and one that never was are the same on every page of a holder."""
    foreign = issued().shown_code
    client.force_login(factories.user("other@example.org"), backend="django.contrib.auth.backends.ModelBackend")
    for end in ("", "status", "correction/", "renew/", "print/", "last-day.ics", "papers/en/x.pdf"):
        answers = [client.get(f"/en/certificates/{code}/{end}") for code in (foreign, codes.shown(codes.new()), "x")]
        assert {answer.status_code for answer in answers} == {404}
        assert len({re.sub(r"/certificates/[^/]+/", "", without_token(answer).decode()) for answer in answers}) == 1


def test_unknown_code_from_the_form_gets_the_same_answer():
    unknown = codes.new()
    answer = Client().get("/en/verify/", {"code": unknown}, follow=True)
    assert without_token(answer) == without_token(Client().get("/en/verify/", {"code": "x"}))


def test_form_leads_to_the_result_however_the_code_is_typed(client):
    found = certificate()
    answer = client.get("/es/verify/", {"code": found.shown_code.lower().replace("-", " ")})
    assert (answer.status_code, answer.url) == (302, f"/es/verify/{found.shown_code}/")


@pytest.mark.parametrize("language, title", [("en", "Verify a certificate"), ("es", "Verificar un certificado")])
def test_form_speaks_both_languages(client, language, title):
    page = client.get(f"/{language}/verify/")
    assert (page.status_code, f"<h1>{title}</h1>" in page.content.decode()) == (200, True)


@pytest.mark.parametrize("path", ["", "/7K3M-PQ9X-AB2C-D4EFG"])
@pytest.mark.parametrize(
    "cookie, header, language", [("", "es-MX,es;q=0.9", "es"), ("", "fr", "en"), ("en", "es", "en"), ("es", "en", "es")]
)
def test_printed_address_leads_to_the_visitors_language(client, path, cookie, header, language):
    if cookie:
        client.cookies["django_language"] = cookie
    answer = client.get(f"/verify{path}", headers={"accept-language": header})
    assert (answer.status_code, answer.url) == (302, f"/{language}/verify{path}/")
    assert {"Accept-Language", "Cookie"} <= set(answer["Vary"].split(", "))


@pytest.mark.parametrize("path", ["/verify/", "/verify/file/", "/verify/keys/", f"/verify/{'2' * codes.LENGTH}/"])
def test_address_typed_with_a_slash_at_its_end_leads_to_the_same_page(client, path):
    answer = client.get(path, headers={"accept-language": "es"})
    assert (answer.status_code, answer.url) == (302, f"/es{path}")


def test_verification_needs_few_queries(client, django_assert_max_num_queries):
    """Besides the limiter, which asks the cache."""
    found = issued()
    client.get("/en/verify/")
    with django_assert_max_num_queries(3):
        client.get(f"/en/verify/{found.shown_code}/")


def test_e4_guessing_is_limited_through_all_doors_together(client, monkeypatch):
    """E4: pages, files and programs are counted as one; changing doors gives no more guesses."""
    monkeypatch.setattr(limits.time, "time", lambda: 1_000_020.0)
    monkeypatch.setattr(limits, "ALLOWED", 3)
    file = "/en/verify/file/"
    doors = [
        lambda: client.get(f"/en/verify/{codes.new()}/"),
        lambda: client.get(f"/api/v1/certificates/{codes.new()}/"),
        lambda: client.post(file, {"file": ContentFile(b"%PDF", "a.pdf")}),
        lambda: client.get("/es/verify/", {"code": "x"}),
        lambda: client.post(file, {"file": ContentFile(b"%PDF", "a.pdf")}),
        lambda: client.get(f"/api/v1/certificates/{codes.new()}/"),
    ]
    assert [door().status_code for door in doors] == [404, 404, 200, 429, 429, 429]


def test_too_many_codes_have_to_wait(client, monkeypatch):
    monkeypatch.setattr(limits.time, "time", lambda: 1_000_020.0)
    found = issued()
    answers = [client.get(f"/en/verify/{codes.new()}/").status_code for _ in range(30)]
    refused = client.get(f"/en/verify/{found.shown_code}/")
    assert (answers, refused.status_code, refused["Retry-After"]) == ([404] * 30, 429, "60")
    assert ("Please try again in 60 seconds." in refused.content.decode(), "María" in refused.content.decode()) == (
        True,
        False,
    )


def test_form_with_wrong_codes_is_limited_too(client):
    answers = [client.get("/en/verify/", {"code": "x"}).status_code for _ in range(31)]
    assert answers == [404] * 30 + [429]
