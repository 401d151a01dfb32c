import pytest
from django.test import Client


@pytest.mark.django_db
def test_refused_form_from_an_address_that_is_none_is_answered():
    browser = Client(enforce_csrf_checks=True)
    assert browser.post("/en/sign-in/", {}, headers={"Referer": "http://["}).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example/", "/\t/evil.example/", "/%5cevil.example"])
def test_way_back_from_a_refused_form_leads_to_no_other_site(path):
    browser = Client(enforce_csrf_checks=True)
    page = browser.post("/en/sign-in/", {}, headers={"Referer": f"http://testserver{path}"}).content.decode()
    assert [f'href="{start}evil' in page for start in ("//", "/\\", "/\t/")] == [False, False, False]
