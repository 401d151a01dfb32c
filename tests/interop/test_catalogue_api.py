import pytest
from django.test import Client

from tests import factories

SPANISH_CARD = {"key": "basics", "title": "title (español)", "summary": "summary (español)", "minutes": 21}


def _get(path: str, **headers: str) -> dict:
    response = Client().get(f"/api/v1/{path}", headers=headers)
    assert response.status_code == 200
    return response.json()


@pytest.mark.parametrize(
    ("query", "headers"), [("?language=es", {}), ("", {"accept-language": "es-MX,es;q=0.9,en;q=0.5"})]
)
def test_modules_are_listed_in_the_language_asked_for(release, query, headers):
    response = Client().get(f"/api/v1/modules/{query}", headers=headers)
    assert response.json() == {"count": 1, "next": None, "previous": None, "results": [SPANISH_CARD]}
    assert response["Content-Language"] == "es"
    assert {"Accept-Language", "Cookie"} <= set(response["Vary"].split(", "))


def test_language_in_the_address_is_stronger_than_the_header(release):
    assert _get("modules/?language=es", **{"accept-language": "en"})["results"] == [SPANISH_CARD]


def test_module_not_open_in_a_language_is_absent_in_it():
    factories.release(factories.document(locales=("en",)))
    assert _get("modules/?language=es")["results"] == []
    assert Client().get("/api/v1/modules/basics/?language=es").status_code == 404
    assert _get("modules/basics/")["key"] == "basics"


def test_modules_come_in_pages(release, monkeypatch):
    monkeypatch.setattr("rest_framework.pagination.PageNumberPagination.page_size", 1)
    factories.release(factories.document(key="second"))
    page = _get("modules/?page=2")
    assert [module["key"] for module in page["results"]] == ["second"]
    assert (page["count"], page["next"], page["previous"]) == (2, None, "http://testserver/api/v1/modules/")


def test_page_that_does_not_exist_is_not_found(release):
    response = Client().get("/api/v1/modules/?page=9")
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("modules", [1, 3])
def test_catalogue_costs_one_query_whatever_its_size(django_assert_num_queries, modules):
    for number in range(modules):
        factories.release(factories.document(key=f"module-{number}"))
    _get("modules/")
    with django_assert_num_queries(1):
        assert len(_get("modules/")["results"]) == modules


def test_module_says_what_it_covers_and_its_rules(release):
    assert _get("modules/basics/?language=es") == SPANISH_CARD | {
        "language": "es",
        "release": 1,
        "description": "description (español)",
        "audience": "audience (español)",
        "authors": "authors (español)",
        "provider": "provider (español)",
        "credit": "credit (español)",
        "objectives": [{"text": "objective stop (español)"}],
        "settings": [
            {
                "key": key,
                "name": f"{key} (español)",
                "places": f"places {key} (español)",
                "steps": 6,
                "minutes": 21,
            }
            for key in ("clinic", "school")
        ],
        "pass_mark": 80,
        "attempts_allowed": None,
        "released_on": "2026-01-01",
        "review_on": "2098-01-01",
        "terminates_on": "2099-01-01",
    }


def test_path_holds_shared_steps_and_the_settings_own_in_order(release):
    steps = [
        ("first-test", "test", "first-test (English)", 5, True),
        ("shared", "lesson", "lesson shared (English)", 3, True),
        ("clinic-lesson", "lesson", "lesson clinic-lesson (English)", 3, False),
        ("clinic-case", "case", "case clinic-case (English)", 4, False),
        ("final-test", "test", "final-test (English)", 5, True),
        ("survey", "survey", "survey (English)", 1, True),
    ]
    names = ("key", "kind", "title", "minutes", "shared")
    section = {"key": "learn", "title": "section (English)"}
    assert _get("modules/basics/paths/clinic/") == {
        "module": "basics",
        "setting": "clinic",
        "language": "en",
        "release": 1,
        "minutes": 21,
        "steps": [dict(zip(names, step, strict=True)) | {"section": section} for step in steps],
    }


def test_path_of_another_setting_has_its_own_steps(release):
    keys = [step["key"] for step in _get("modules/basics/paths/school/")["steps"]]
    assert keys == ["first-test", "shared", "school-lesson", "school-case", "final-test", "survey"]


@pytest.mark.parametrize("address", ["modules/none/", "modules/none/paths/clinic/", "modules/basics/paths/none/"])
def test_unknown_module_or_setting_is_not_found(release, address):
    response = Client().get(f"/api/v1/{address}")
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_catalogue_looks_at_no_session(api, release, django_assert_num_queries):
    api.get("/api/v1/modules/basics/")
    with django_assert_num_queries(1):
        api.get("/api/v1/modules/basics/")
