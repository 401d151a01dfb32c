"""The schema is true, and so is what the API answers when it is attacked from it."""

from collections.abc import Iterator
from io import StringIO

import jsonschema_rs
import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from rest_framework.authtoken.models import Token
from rest_framework.throttling import AnonRateThrottle, UserRateThrottle
from schemathesis import Case, GenerationMode
from schemathesis.schemas import APIOperation, BaseSchema
from schemathesis.specs.openapi.checks import positive_data_acceptance

from certificates import limits

SCHEMA = "/api/schema/?format=json"


def test_schema_is_valid_and_without_warning():
    written = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=written)
    assert written.getvalue().startswith("openapi: 3.")


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("*/*", "application/vnd.oai.openapi; charset=utf-8"),
        ("application/json", "application/json"),
    ],
)
def test_schema_is_served_as_yaml_and_json(accept, content_type):
    response = Client().get("/api/schema/", headers={"accept": accept})
    assert (response.status_code, response["Content-Type"]) == (200, content_type)


def _content(schema: dict) -> Iterator[tuple[str, dict]]:
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            for status, response in operation["responses"].items():
                yield f"{method} {path} {status}", response["content"]["application/json"]


def test_every_response_has_examples_of_its_shape():
    schema = Client().get(SCHEMA).json()
    seen = []
    for name, content in _content(schema):
        assert content["examples"], name
        shape = {"$ref": content["schema"]["$ref"], "components": schema["components"]}
        for example in content["examples"].values():
            jsonschema_rs.Draft4Validator(_without_nullable(shape)).validate(example["value"])
            seen.append(name)
    assert len(seen) > 50


def _without_nullable(schema):
    """OpenAPI 3.0 says `nullable` where JSON Schema says two types."""
    if isinstance(schema, list):
        return [_without_nullable(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: _without_nullable(value) for key, value in schema.items() if key != "nullable"}
    return {"anyOf": [{"type": "null"}, inner]} if schema.get("nullable") is True else inner


def test_schema_speaks_english_to_a_spanish_reader():
    with override("es"):
        spanish = Client().get(SCHEMA, headers={"accept-language": "es"}).content
    assert spanish == Client().get(SCHEMA).content


@pytest.fixture
def api_schema(token, monkeypatch) -> Iterator[BaseSchema]:
    """What a learner with a test under way may call, as often as it takes."""
    for throttle in (AnonRateThrottle, UserRateThrottle):
        monkeypatch.setattr(throttle, "allow_request", lambda *_arguments: True)
    monkeypatch.setattr(limits, "ALLOWED", 10**6)
    for signal in (request_started, request_finished):
        # As Django's own test client does: the test's transaction has to outlive the requests.
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi(SCHEMA, get_wsgi_application())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


OPERATIONS = [
    "PUT /api/v1/attempts/{attempt}/answers/{place}/",
    "GET /api/v1/certificates/{code}/",
    "GET /api/v1/enrolments/",
    "POST /api/v1/enrolments/",
    "GET /api/v1/enrolments/{module}/",
    "GET /api/v1/modules/",
    "GET /api/v1/modules/{module}/",
    "GET /api/v1/modules/{module}/paths/{setting}/",
]


@pytest.mark.slow
@pytest.mark.parametrize("mode", list(GenerationMode))
def test_attacked_anywhere(api_schema, token, attempt, mode):
    statuses = _attack_all(api_schema, mode, token, there={})
    assert list(statuses) == OPERATIONS


@pytest.mark.slow
def test_attacked_where_something_is(api_schema, token, attempt, certificate):
    there = {"module": "basics", "setting": "clinic", "attempt": attempt.pk, "place": 1, "code": certificate.code}
    statuses = _attack_all(api_schema, GenerationMode.POSITIVE, token, there)
    reached = [operation for operation, seen in statuses.items() if 200 in seen]
    # A module for a new enrolment stands in the body, where nobody guesses its key.
    assert reached == [operation for operation in OPERATIONS if not operation.startswith("POST")]


def _attack_all(schema: BaseSchema, mode: GenerationMode, token: Token, there: dict) -> dict[str, set[int]]:
    operations = [found.ok() for found in schema.get_all_operations()]
    return {operation.label: _attack(operation, mode, token, there) for operation in operations}


def _attack(operation: APIOperation, mode: GenerationMode, token: Token, there: dict) -> set[int]:
    """The statuses met; every answer is held to the schema."""
    statuses = set()
    fixed = {item.name: there[item.name] for item in operation.path_parameters if item.name in there}

    @settings(
        max_examples=12,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    @given(case=operation.as_strategy(mode, path_parameters=fixed or None))
    def attack(case: Case) -> None:
        response = case.call_and_validate(
            headers={"Authorization": f"Token {token.key}", "Accept-Encoding": "identity"},
            # Which options a question has is no matter of shape: a well-formed place may not be there.
            excluded_checks=[positive_data_acceptance],
        )
        statuses.add(response.status_code)

    attack()
    return statuses
