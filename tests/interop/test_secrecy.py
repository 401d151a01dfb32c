"""Before a test is handed in, no answer of the API holds a key, a feedback or an explanation."""

from collections.abc import Iterator

import pytest

from courses.choices import Form

SECRETS = ("correct", "right", "order", "feedback", "explanation", "question", "option")


@pytest.fixture
def everything(api, attempt) -> set[str]:
    """Each text that the API says to a learner in the middle of a test, names of fields and values of headers too."""
    addresses = [
        "modules/",
        "modules/basics/",
        "modules/basics/paths/clinic/",
        "modules/basics/paths/school/",
        "enrolments/",
        "enrolments/basics/",
    ]
    responses = [api.get(f"/api/v1/{address}?language={code}") for address in addresses for code in ("en", "es")]
    responses.append(api.put(f"/api/v1/attempts/{attempt.pk}/answers/1/", {"chosen": [1]}, "application/json"))
    assert {response.status_code for response in responses} == {200}
    said = [part for response in responses for part in (list(response.headers.values()), response.json())]
    return set(_texts(said))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)
    else:
        yield str(value)


def test_nothing_tells_a_key_or_an_explanation(everything):
    assert [text for text in everything if any(secret in text.lower() for secret in SECRETS)] == []


def test_nothing_names_a_question_or_an_option(everything, release):
    asked = [question for form in Form for question in release.content.questions_for(form, "clinic")]
    keys = {question.key for question in asked} | {option.key for question in asked for option in question.options}
    assert keys == {"a1", "a2", "b1", "b2", "a", "b", "c"}
    assert everything & keys == set()
