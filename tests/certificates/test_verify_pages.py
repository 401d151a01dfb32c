import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from certificates import codes, limits
from certificates.models import Certificate
from tests import factories
from tests.certificates.factories import certificate, completion

pytestmark = pytest.mark.django_db
THEN = datetime(2026, 12, 1, 15, tzinfo=UTC)


def facts(page) -> list[str]:
    """The names and values of the page's list."""
    text = page.content.decode()
    inside = text[text.index('<dl class="facts">') : text.index("</dl>")]
    return [re.sub("<.+?>", "", found) for found in re.findall(r"<d[td].*?>(.+?)</d[td]>", inside)]


def without_token(page) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", page.content)


def test_valid_certificate_in_english(client, settings):
    settings.DEMO = True
    issued = certificate()
    Certificate.objects.update(issued_at=THEN)
    page = client.get(f"/en/verify/{issued.shown_code}/")
    assert "This certificate is valid" in page.content.decode()
    assert (page["X-Robots-Tag"], facts(page)) == (
        "noindex",
        [
            *["Name", "María José Núñez", "Module", "title (English)", "Professional setting", "clinic (English)"],
            *["Provider", "provider (English)", "Edition", "1", "Time", "21 minutes, online and self-paced"],
            *["Credit", "No credit (demonstration)", "Completed on", "November 22, 2026"],
            *["Issued on", "December 1, 2026", "Language", "English", "Verification code", issued.shown_code],
        ],
    )


def test_english_certificate_for_a_visitor_who_reads_spanish(client):
    issued = certificate()
    Certificate.objects.update(issued_at=THEN, expires_on=date(2099, 1, 2))
    page = client.get(f"/es/verify/{issued.code.lower()}/")
    assert "Este certificado es válido" in page.content.decode()
    assert facts(page) == [
        *["Nombre", "María José Núñez", "Módulo", "title (español)", "Entorno profesional", "clinic (español)"],
        *["Proveedor", "provider (español)", "Edición", "1", "Duración", "21 minutos, en línea y a su propio ritmo"],
        *["Crédito", "Sin crédito", "Fecha de finalización", "22 de noviembre de 2026"],
        *["Fecha de emisión", "1 de diciembre de 2026", "Válido hasta", "2 de enero de 2099"],
        *["Idioma", "Inglés", "Código de verificación", issued.shown_code],
    ]


def test_words_that_the_visitors_language_lacks_carry_their_own(client):
    issued = certificate(content=factories.document(locales=("en",)))
    page = client.get(f"/es/verify/{issued.shown_code}/").content.decode()
    assert '<dd lang="en">title (English)</dd>' in page


@pytest.mark.parametrize(
    "later, heading, text",
    [
        (
            {"replaced_at": THEN},
            "This certificate was replaced",
            "A corrected certificate took its place on December 1, 2026. Ask its holder for the new code.",
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


def test_verification_gives_away_neither_address_nor_score(client):
    issued = certificate(factories.user("somebody.private@example.org"))
    page = client.get(f"/en/verify/{issued.shown_code}/").content.decode()
    assert ("somebody.private" in page, "90" in page) == (False, False)


def test_every_wrong_code_gets_one_identical_answer():
    completion()
    wrong = [codes.shown(codes.new()), codes.new(), "x", "2222-2222-2222-22223", "ünïcode", "a b%2Fc"]
    pages = [Client().get(f"/en/verify/{code}/") for code in wrong]
    pages += [Client().get("/en/verify/", {"code": code}) for code in ["", "x", "../..", "<script>"]]
    assert {page.status_code for page in pages} == {404}
    assert len({without_token(page) for page in pages}) == 1
    assert ('name="code"' in pages[0].content.decode(), "hreflang" in pages[0].content.decode()) == (True, True)


def test_unknown_code_from_the_form_gets_the_same_answer():
    unknown = codes.new()
    answer = Client().get("/en/verify/", {"code": unknown}, follow=True)
    assert without_token(answer) == without_token(Client().get("/en/verify/", {"code": "x"}))


def test_form_leads_to_the_result_however_the_code_is_typed(client):
    issued = certificate()
    answer = client.get("/es/verify/", {"code": issued.shown_code.lower().replace("-", " ")})
    assert (answer.status_code, answer.url) == (302, f"/es/verify/{issued.shown_code}/")


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


def test_verification_needs_few_queries(client, django_assert_max_num_queries):
    issued = certificate()
    client.get("/en/verify/")
    with django_assert_max_num_queries(3):
        client.get(f"/en/verify/{issued.shown_code}/")


def test_too_many_codes_have_to_wait(client, monkeypatch):
    monkeypatch.setattr(limits.time, "time", lambda: 1_000_020.0)
    issued = certificate()
    answers = [client.get(f"/en/verify/{codes.new()}/").status_code for _ in range(30)]
    refused = client.get(f"/en/verify/{issued.shown_code}/")
    assert (answers, refused.status_code, refused["Retry-After"]) == ([404] * 30, 429, "60")
    assert ("Please try again in 60 seconds." in refused.content.decode(), "María" in refused.content.decode()) == (
        True,
        False,
    )


def test_form_with_wrong_codes_is_limited_too(client):
    answers = [client.get("/en/verify/", {"code": "x"}).status_code for _ in range(31)]
    assert answers == [404] * 30 + [429]
