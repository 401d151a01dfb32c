import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory

from support import errors

pytestmark = pytest.mark.django_db


def heading(response) -> str:
    return response.content.decode().partition("<h1>")[2].partition("</h1>")[0]


def lang(response) -> str:
    return response.content.decode().partition('<html lang="')[2][:2]


@pytest.mark.parametrize(
    "path, cookie, header, language",
    [
        ("/es/nowhere/", None, "", "es"),
        ("/en/nowhere/", "es", "es", "en"),
        ("/nowhere/", "es", "en", "es"),
        ("/nowhere/", None, "es-MX,es;q=0.9", "es"),
        ("/nowhere/", None, "fr", "en"),
    ],
)
def test_missing_page_speaks_the_persons_language(path, cookie, header, language, client):
    if cookie:
        client.cookies["django_language"] = cookie
    response = client.get(path, headers={"accept-language": header})
    assert (response.status_code, lang(response)) == (404, language)


@pytest.mark.parametrize("view, status", [(errors.forbidden, 403), (errors.bad_request, 400)])
def test_error_page_has_its_status_and_language(view, status):
    response = view(RequestFactory().get("/es/help/"), Exception())
    assert (response.status_code, lang(response)) == (status, "es")
    assert heading(response)


def test_server_error_shows_help_lines_in_the_persons_language(line):
    response = errors.server_error(RequestFactory().get("/es/help/"))
    assert (response.status_code, lang(response)) == (500, "es")
    assert "Llame al 911" in response.content.decode()


def test_server_error_with_the_database_down_still_has_words(monkeypatch):
    def gone(language):
        raise OperationalError("gone")

    monkeypatch.setattr(errors, "help_lines", gone)
    response = errors.server_error(RequestFactory().get("/es/help/"))
    assert (response.status_code, response.content.decode()) == (500, errors.LAST_RESORT)


def test_wrong_host_is_answered_with_a_page(client):
    response = client.get("/es/help/", headers={"host": "evil.example"})
    assert (response.status_code, lang(response)) == (400, "es")


@pytest.mark.parametrize(
    "referer, back",
    [
        ("http://testserver/es/profile/?a=1", "/es/profile/?a=1"),
        ("https://evil.example/es/profile/", ""),
        ("", ""),
        ("http://testserver//evil.example/", ""),
    ],
)
def test_refused_form_explains_and_leads_back_only_to_this_site(referer, back, settings):
    response = Client(enforce_csrf_checks=True).post("/es/sign-in/", headers={"referer": referer})
    page = response.content.decode()
    assert (response.status_code, heading(response)) == (403, "Por favor, envíelo una vez más")
    assert ("Abrir la página de nuevo" in page, f'href="{back}"' in page) == (bool(back), bool(back))
    assert "evil" not in page
