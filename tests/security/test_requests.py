"""Requests that no browser sends."""

import json

import pytest

MEGABYTE = 1024 * 1024


@pytest.fixture
def answer_url(browser, enrolment) -> str:
    browser.post("/en/learn/basics/steps/first-test/")
    return f"/api/v1/attempts/{enrolment.attempts.get().pk}/answers/1/"


def test_json_nested_without_end_is_not_read(browser, answer_url):
    response = browser.put(answer_url, "[" * 100_000, content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (400, "parse_error")


def test_address_of_a_thousand_fields_is_not_read(browser):
    response = browser.get("/api/v1/modules/?" + "a=1&" * 1000)
    assert (response.status_code, response.json()["code"]) == (400, "parse_error")


@pytest.mark.parametrize("method", ["put", "post"])
def test_json_larger_than_any_form_is_not_read(method, browser, answer_url):
    body = json.dumps({"chosen": [1], "padding": "x" * 3 * MEGABYTE})
    assert getattr(browser, method)(answer_url, body, content_type="application/json").status_code == 400


def test_file_larger_than_any_form_is_not_read(browser, tmp_path):
    picture = tmp_path / "picture"
    picture.write_bytes(b"x" * 3 * MEGABYTE)
    with picture.open("rb") as file:
        assert browser.post("/en/profile/", {"printed_name": "Ana", "language": "en", "file": file}).status_code == 400


@pytest.mark.parametrize("charset", ["hex", "undefined", "utf-16"])
def test_form_in_another_encoding_is_refused(charset, browser):
    form = b'--x\r\nContent-Disposition: form-data; name="printed_name"\r\n\r\nAna\r\n--x--\r\n'
    kind = f"multipart/form-data; boundary=x; charset={charset}"
    assert browser.generic("POST", "/en/profile/", form, content_type=kind).status_code == 400


@pytest.mark.parametrize("charset", ["utf-8", "UTF8", "no-such-thing"])
def test_form_in_our_encoding_is_taken(charset, browser):
    form = b'--x\r\nContent-Disposition: form-data; name="printed_name"\r\n\r\nAna\r\n--x--\r\n'
    kind = f"multipart/form-data; boundary=x; charset={charset}"
    assert browser.generic("POST", "/en/profile/", form, content_type=kind).status_code == 200


@pytest.mark.parametrize("version", ["%0a", "%0d%0aSet-Cookie:%20a=b", "2"])
def test_schema_has_one_version_whatever_is_asked_for(version, client, db):
    response = client.get(f"/api/schema/?version={version}")
    assert (response.status_code, response["Content-Disposition"]) == (200, 'inline; filename="SOAR Online.yaml"')


def test_cookie_with_nul_is_refused(browser):
    browser.cookies.clear()
    assert browser.get("/en/training/", headers={"Cookie": r'sessionid="abcdefgh\000"'}).status_code == 400


@pytest.mark.parametrize("next_url", ["nowhere", "learning:home", "http:", "https://testserver", "%ff", "a.b"])
def test_next_page_that_is_no_path_leads_to_my_training(next_url, browser):
    response = browser.get(f"/en/sign-in/?next={next_url}")
    assert (response.status_code, response["Location"]) == (302, "/en/training/")
