import pytest
from django.urls import reverse

from tests import factories
from tests.certificates.factories import certificate

pytestmark = pytest.mark.django_db


def address(issued, **query) -> str:
    return reverse("certificates:print", args=[issued.shown_code], query=query)


def test_holder_reads_the_paper_in_the_language_of_the_page(client):
    issued = certificate()
    client.force_login(issued.completion.enrolment.user)
    response = client.get(address(issued))
    assert (response.status_code, response.headers["Cache-Control"]) == (
        200,
        "max-age=0, no-cache, no-store, must-revalidate, private",
    )
    assert "Awarded to" in response.text
    assert "Se otorga a" not in response.text


def test_holder_reads_the_paper_in_another_language_marked_as_such(client):
    issued = certificate()
    client.force_login(issued.completion.enrolment.user)
    assert '<article class="paper" lang="es">' in client.get(address(issued, paper="es")).text


def test_paper_in_both_languages_begins_with_the_one_it_was_earned_in(client):
    issued = certificate(locale="es")
    client.force_login(issued.completion.enrolment.user)
    text = client.get(address(issued, paper="both")).text
    assert '<article class="paper" lang="es">' in text
    assert 'Se otorga a / <span lang="en">Awarded to</span>' in text


@pytest.mark.parametrize("locales, papers", [(("en", "es"), ["en", "es", "both"]), (("en",), ["en"])])
def test_page_leads_to_the_papers_that_the_edition_has_words_for(client, locales, papers):
    title = {locale: f"title ({locale})" for locale in locales}
    issued = certificate(content=factories.document(locales=locales, title=title))
    client.force_login(issued.completion.enrolment.user)
    assert [paper["key"] for paper in client.get(address(issued)).context["papers"]] == papers


@pytest.mark.parametrize("paper", ["fr", "", "en,es"])
def test_paper_in_an_unknown_language_is_not_found(client, paper):
    issued = certificate()
    client.force_login(issued.completion.enrolment.user)
    assert client.get(address(issued, paper=paper)).status_code == 404


def test_somebody_else_finds_nothing(client):
    issued = certificate()
    client.force_login(factories.user("other@example.org"))
    assert client.get(address(issued)).status_code == 404


def test_nobody_is_asked_to_sign_in(client):
    response = client.get(address(certificate()))
    assert (response.status_code, "sign-in" in response.url or "login" in response.url) == (302, True)


def test_page_needs_no_exception_from_the_policy(client):
    issued = certificate(name="<b>Ana</b> & Li")
    client.force_login(issued.completion.enrolment.user)
    text = client.get(address(issued)).text
    assert (" style=" in text, "<style" in text, "<b>Ana" in text) == (False, False, False)


def test_page_asks_the_database_little(client, django_assert_num_queries):
    issued = certificate()
    client.force_login(issued.completion.enrolment.user)
    client.get(address(issued))
    with django_assert_num_queries(3):
        client.get(address(issued))


def test_revoked_certificate_says_so_beside_the_paper(client):
    from django.utils import timezone

    issued = certificate(revoked_at=timezone.now(), revocation_category="error", revocation_note="private")
    client.force_login(issued.completion.enrolment.user)
    text = client.get(address(issued)).text
    assert ("This certificate was revoked" in text, "private" in text.split("<main")[1]) == (True, False)


@pytest.mark.parametrize("name", ["border", "seal"])
def test_ornaments_are_pictures_for_everyone(client, name):
    response = client.get(reverse("ornament", args=[name]))
    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/svg+xml")
    assert response.text.startswith("<svg")


def test_unknown_ornament_is_not_found(client):
    assert client.get(reverse("ornament", args=["mark2"])).status_code == 404
