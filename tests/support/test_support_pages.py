import pytest
from django.core import mail

from jobs import services
from jobs.mail import queue_mail
from support.models import HelpLine

pytestmark = pytest.mark.django_db

PAGES = ["help", "accessibility", "privacy", "about", "exit"]


def heading(client, url: str) -> str:
    page = client.get(url).content.decode()
    return page.partition("<h1>")[2].partition("</h1>")[0]


@pytest.mark.parametrize(
    "page, english, spanish",
    [
        ("help", "Help, for anybody, at any hour", "Ayuda para cualquier persona, a cualquier hora"),
        ("accessibility", "Accessibility", "Accesibilidad"),
        ("privacy", "What we keep about you, and why", "Qué guardamos sobre usted y por qué"),
        ("about", "About SOAR Online", "Acerca de SOAR Online"),
        ("exit", "How to leave this site quickly", "Cómo salir rápido de este sitio"),
    ],
)
def test_page_speaks_the_language_of_its_address(page, english, spanish, client):
    assert (heading(client, f"/en/{page}/"), heading(client, f"/es/{page}/")) == (english, spanish)


@pytest.mark.parametrize("page", PAGES)
def test_tab_title_does_not_name_the_subject(page, client):
    titles = [client.get(f"/{code}/{page}/").content.decode().partition("</title>")[0].lower() for code in ("en", "es")]
    assert [word for title in titles for word in ("traffick", "trata ", "hotline") if word in title] == []


def test_help_page_shows_lines_in_the_language_of_the_page(line, client):
    spanish = client.get("/es/help/").content.decode()
    for words in ("Emergencia", "Cuando alguien está en peligro ahora.", "Llame al 911", 'href="tel:911"'):
        assert words in spanish
    assert "Call 911<" not in spanish
    assert "Call 911<" in client.get("/en/help/").content.decode()


def test_every_page_offers_itself_in_the_other_language(client):
    page = client.get("/es/privacy/?from=mail&n=1")
    assert page.context["other_language"] == {
        "code": "en",
        "name": "English",
        "url": "/en/privacy/?from=mail&n=1",
    }
    assert 'href="/en/privacy/?from=mail&amp;n=1"' in page.content.decode()


def test_missing_page_offers_the_first_page_of_the_other_language(client):
    client.cookies["django_language"] = "es"
    page = client.get("/", PATH_INFO="//evil.example/en/help/")
    assert (page.status_code, page.context["other_language"]["url"]) == (404, "/en/")


def test_front_door_offers_both_languages_in_their_own_words(client):
    page = client.get("/").content.decode()
    assert '<section class="card flow" lang="es">' in page
    for words in ("Continue in English", "Continuar en español", 'href="/en/"', 'href="/es/"'):
        assert words in page


def test_front_door_leads_straight_to_the_language_read_last(client):
    for code in ("es", "en"):
        client.get(f"/{code}/help/")
        response = client.get("/")
        assert (response.status_code, response.url) == (302, f"/{code}/")


def test_front_door_asks_again_when_the_cookie_is_nonsense(client):
    client.cookies["django_language"] = "//evil.example"
    assert client.get("/").status_code == 200


def test_redirects_and_errors_change_no_remembered_language(client):
    client.get("/es/help/")
    client.get("/en/nowhere/")
    client.get("/en/profile/")
    assert client.cookies["django_language"].value == "es"


def test_outbox_shows_newest_mail_first_in_a_demonstration(settings, client):
    settings.DEMO, settings.EMAIL_BACKEND = True, "jobs.outbox.EmailBackend"
    for number in (1, 2):
        queue_mail(to="ana@example.org", subject=f"Carta {number}", body="<b>Código</b>\n\nBCD-FGH", language="es")
    services.drain()
    page = client.get("/en/outbox/").content.decode()
    assert page.index("Carta 2") < page.index("Carta 1")
    assert '<article class="card flow" lang="es">' in page
    assert "<p>&lt;b&gt;Código&lt;/b&gt;</p>\n\n<p>BCD-FGH</p>" in page
    assert mail.outbox == []


def test_outbox_is_not_there_outside_a_demonstration(settings, client):
    settings.DEMO = False
    assert client.get("/en/outbox/").status_code == 404


def test_help_lines_cost_one_query_then_none_for_a_while(line, client, django_assert_num_queries):
    client.get("/en/help/")
    HelpLine.objects.create(key="other", position=1, name_en="O", name_es="O", contacts=[], checked_on="2026-11-22")
    with django_assert_num_queries(0):
        client.get("/en/help/")


def test_help_lines_are_there_without_the_cache(line, client, monkeypatch):
    def lost(*args):
        raise ConnectionError("no cache")

    monkeypatch.setattr("support.queries.cache.get_or_set", lost)
    assert "Call 911<" in client.get("/en/help/").content.decode()


def test_help_line_saved_in_the_admin_is_shown_at_once(line, client, admin_client):
    client.get("/en/help/")
    data = {"key": "emergency", "position": 0, "name_en": "Danger", "name_es": "Peligro", "note_en": "a"}
    data |= {
        "note_es": "b",
        "checked_on": "2026-11-23",
        "contacts": '[{"label": {"en": "Call", "es": "Llame"}, "href": "tel:911"}]',
    }
    assert admin_client.post(f"/admin/support/helpline/{line.pk}/change/", data).status_code == 302
    assert "Danger" in client.get("/en/help/").content.decode()


def test_help_line_with_dangerous_contact_is_refused_in_the_admin(line, admin_client):
    data = {"contacts": '[{"label": {"en": "Call", "es": "Llame"}, "href": "javascript:alert(1)"}]'}
    page = admin_client.post(f"/admin/support/helpline/{line.pk}/change/", data)
    assert page.context["adminform"].form.errors["contacts"] == [
        "the href of a contact starts with tel:, sms:, https:// or mailto:"
    ]
