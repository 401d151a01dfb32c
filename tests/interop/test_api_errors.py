import pytest
from django.test import Client
from django.utils.translation import gettext, override
from rest_framework import exceptions
from rest_framework.throttling import AnonRateThrottle

from interop.errors import REFUSALS, WORDS
from learning.errors import LearningError

NOT_SIGNED_IN = {"code": "not_authenticated", "detail": "Please sign in, or send your access key."}


def _error(response) -> tuple[int, dict]:
    return response.status_code, response.json()


def test_every_refusal_of_learning_has_a_status_and_words():
    assert set(REFUSALS) == set(LearningError.__subclasses__())
    assert {code for _status, code in REFUSALS.values()} <= set(WORDS)


def test_every_refusal_of_the_framework_has_words():
    errors = [error for error in vars(exceptions).values() if isinstance(error, type)]
    codes = {error.default_code for error in errors if issubclass(error, exceptions.APIException)}
    assert len(codes) > 10
    assert codes <= set(WORDS)


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_gets_in_without_signing_in(method):
    response = getattr(Client(), method)("/api/v1/enrolments/")
    assert _error(response) == (401, NOT_SIGNED_IN)
    assert response["WWW-Authenticate"] == "Token"


def test_wrong_token_is_named_as_such():
    response = Client().get("/api/v1/enrolments/", headers={"authorization": "Token nonsense"})
    assert _error(response) == (401, {"code": "authentication_failed", "detail": "This access key is not valid."})


@pytest.mark.parametrize("address", ["/api/", "/api/v1/", "/api/v1/nothing/", "/api/v1/modules", "/api/v2/modules/"])
def test_address_that_does_not_exist_answers_in_json(address):
    assert _error(Client().get(address)) == (
        404,
        {"code": "not_found", "detail": "There is nothing at this address, or it is not yours."},
    )


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_other_methods_are_refused(release, method):
    response = getattr(Client(), method)("/api/v1/modules/")
    assert (response.status_code, response.json()["code"]) == (405, "method_not_allowed")
    assert response["Allow"] == "GET, HEAD"


def test_there_is_no_page_to_browse(release):
    response = Client().get("/api/v1/modules/", headers={"accept": "text/html"})
    assert (response.status_code, response["Content-Type"]) == (406, "application/json")
    assert response.json()["code"] == "not_acceptable"


@pytest.mark.parametrize(
    ("body", "content_type", "status", "code"),
    [
        ("{", "application/json", 400, "parse_error"),
        ("[]", "application/json", 400, "invalid"),
        ("module=basics", "application/x-www-form-urlencoded", 415, "unsupported_media_type"),
    ],
)
def test_body_that_cannot_be_read_is_refused(api, body, content_type, status, code):
    response = api.post("/api/v1/enrolments/", body, content_type=content_type)
    assert (response.status_code, response.json()["code"]) == (status, code)


def test_language_that_is_not_offered_is_refused_in_one_that_is(release):
    assert _error(Client().get("/api/v1/modules/?language=fr")) == (
        400,
        {
            "code": "invalid",
            "detail": "Some of what you sent cannot be used; the fields say what.",
            "fields": {"language": ["Choose one of: en, es."]},
        },
    )


def test_refusal_speaks_the_language_asked_for():
    with override("es"):
        spanish = gettext("Please sign in, or send your access key.")
    response = Client().get("/api/v1/enrolments/?language=es")
    assert response.json()["detail"] == spanish
    assert response["Content-Language"] == "es"


def test_message_of_a_field_speaks_the_language_asked_for(api, release):
    response = api.post(
        "/api/v1/enrolments/", {"module": "basics"}, "application/json", headers={"accept-language": "es"}
    )
    assert (response.status_code, response.json()["fields"]) == (400, {"setting": ["Este campo es requerido."]})


def test_too_many_requests_are_told_how_long_to_wait(release, monkeypatch):
    monkeypatch.setattr(AnonRateThrottle, "rate", "1/min", raising=False)
    Client().get("/api/v1/modules/")
    response = Client().get("/api/v1/modules/")
    assert (response.status_code, response.json()["code"]) == (429, "throttled")
    assert 0 < int(response["Retry-After"]) <= 60


def test_forwarded_addresses_do_not_escape_the_limit(release, monkeypatch):
    monkeypatch.setattr(AnonRateThrottle, "rate", "1/min", raising=False)
    statuses = [
        Client().get("/api/v1/modules/", headers={"x-forwarded-for": address}).status_code
        for address in ("192.0.2.1", "192.0.2.2")
    ]
    assert statuses == [200, 429]


def test_fault_of_ours_is_told_in_json_and_logged(release, monkeypatch, caplog):
    def fail(language: str) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("interop.views.catalogue.catalogue", fail)
    response = Client(raise_request_exception=False).get("/api/v1/modules/")
    detail = "Something went wrong on our side. Please try again in a few minutes."
    assert _error(response) == (500, {"code": "error", "detail": detail})
    logged = [(record.levelname, str(record.exc_info[1])) for record in caplog.records if record.exc_info]
    assert logged == [("ERROR", "broken")]
