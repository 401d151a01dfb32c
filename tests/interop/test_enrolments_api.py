import pytest
from django.test import Client
from django.utils.dateparse import parse_datetime

from learning.models import Enrolment
from tests import factories


def _post(client: Client, body: dict, **headers: str):
    return client.post("/api/v1/enrolments/", body, content_type="application/json", headers=headers)


def test_progress_shows_what_is_missing_with_its_links(api, enrolment):
    factories.finish(enrolment, "shared")
    progress = api.get("/api/v1/enrolments/basics/?language=es").json()
    missing = [
        {
            "key": key,
            "kind": kind,
            "title": title,
            "minutes": minutes,
            "open": is_open,
            "url": f"http://testserver/es/learn/basics/steps/{key}/",
        }
        for key, kind, title, minutes, is_open in [
            ("first-test", "test", "first-test (español)", 5, True),
            ("clinic-lesson", "lesson", "lesson clinic-lesson (español)", 3, True),
            ("clinic-case", "case", "case clinic-case (español)", 4, True),
            ("final-test", "test", "final-test (español)", 5, False),
            ("survey", "survey", "survey (español)", 1, False),
        ]
    ]
    assert parse_datetime(progress.pop("started_at")) == enrolment.started_at
    assert progress == {
        "module": "basics",
        "title": "title (español)",
        "language": "es",
        "setting": "clinic",
        "locale": "en",
        "release": 1,
        "percent": 16,
        "minutes_left": 18,
        "next": missing[0],
        "missing": missing,
        "completed_at": None,
    }


def test_completed_enrolment_has_its_time_and_nothing_next(api, enrolment):
    completed = factories.finish_all(enrolment)
    progress = api.get("/api/v1/enrolments/basics/").json()
    shown = {name: progress[name] for name in ("percent", "minutes_left", "next", "missing")}
    assert shown == {"percent": 100, "minutes_left": 0, "next": None, "missing": []}
    assert parse_datetime(progress["completed_at"]) == completed.completed_at


def test_edition_without_the_language_speaks_its_own(api, learner):
    factories.enrolment(by=learner, content=factories.document(locales=("en",)))
    progress = api.get("/api/v1/enrolments/basics/?language=es").json()
    assert (progress["language"], progress["title"]) == ("en", "title (English)")
    assert progress["next"]["title"] == "first-test (English)"
    assert progress["next"]["url"] == "http://testserver/en/learn/basics/steps/first-test/"


def test_list_shows_ones_own_enrolments_only(api, enrolment, stranger):
    factories.enrolment(by=stranger, setting="school", locale="es")
    page = api.get("/api/v1/enrolments/").json()
    progress = api.get("/api/v1/enrolments/basics/").json()
    del progress["missing"]
    assert page == {"count": 1, "next": None, "previous": None, "results": [progress]}


def test_somebody_elses_enrolment_is_not_found(strangers_api, enrolment):
    response = strangers_api.get("/api/v1/enrolments/basics/")
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("enrolments", [1, 3])
def test_list_costs_the_same_for_one_and_three(api, learner, django_assert_num_queries, enrolments):
    for number in range(enrolments):
        factories.enrolment(by=learner, content=factories.document(key=f"module-{number}"))
    api.get("/api/v1/enrolments/")
    with django_assert_num_queries(4):  # session, user, count, enrolments
        assert len(api.get("/api/v1/enrolments/").json()["results"]) == enrolments


def test_progress_costs_three_queries(api, enrolment, django_assert_num_queries):
    api.get("/api/v1/enrolments/basics/")
    with django_assert_num_queries(3):
        api.get("/api/v1/enrolments/basics/")


def test_own_answers_are_for_no_cache(api, enrolment):
    response = api.get("/api/v1/enrolments/basics/")
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_enrolling_begins_in_the_language_asked_for(api, learner, release):
    response = _post(api, {"module": "basics", "setting": "school"}, **{"accept-language": "es"})
    assert response.status_code == 201
    assert response.json() == api.get("/api/v1/enrolments/basics/?language=es").json()
    begun = Enrolment.objects.get()
    assert (begun.user, begun.release, begun.setting, begun.locale) == (learner, release, "school", "es")


def test_enrolling_twice_returns_the_enrolment_that_is_there(api, enrolment):
    response = _post(api, {"module": "basics", "setting": "school"})
    assert (response.status_code, response.json()["setting"]) == (200, "clinic")
    assert list(Enrolment.objects.all()) == [enrolment]


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        (
            {"module": "basics", "setting": "none"},
            400,
            {"code": "unknown_setting", "detail": "This module has no such professional setting."},
        ),
        (
            {"module": "none", "setting": "clinic"},
            409,
            {
                "code": "not_open_for_enrolment",
                "detail": "No edition of this module in this language takes new learners now.",
            },
        ),
        (
            {"module": "basics"},
            400,
            {
                "code": "invalid",
                "detail": "Some of what you sent cannot be used; the fields say what.",
                "fields": {"setting": ["This field is required."]},
            },
        ),
    ],
)
def test_enrolling_is_refused_with_a_reason(api, release, body, status, error):
    response = _post(api, body)
    assert (response.status_code, response.json()) == (status, error)
    assert not Enrolment.objects.exists()


def test_token_does_what_a_session_does(enrolment, token):
    headers = {"authorization": f"Token {token.key}"}
    assert Client().get("/api/v1/enrolments/basics/", headers=headers).json()["module"] == "basics"


def test_token_needs_no_csrf_token(release, token):
    client = Client(enforce_csrf_checks=True)
    response = _post(client, {"module": "basics", "setting": "clinic"}, authorization=f"Token {token.key}")
    assert response.status_code == 201
