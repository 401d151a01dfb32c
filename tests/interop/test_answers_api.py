import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from courses.differences import in_locales
from courses.services.releases import open_again, recall
from learning.models import Attempt, Response
from learning.services.attempts import start_attempt
from tests import factories

UNKNOWN_CHOICE = "This test has no such question, or the question no such option."


def _put(client: Client, attempt: Attempt, chosen, place: int = 1, **headers: str):
    url = reverse("interop:answer", args=[attempt.pk, place])
    return client.put(url, {"chosen": chosen}, content_type="application/json", headers=headers)


def _kept(attempt: Attempt, place: int = 1) -> Response:
    return attempt.responses.get(place=place)


@pytest.mark.parametrize("chosen", [["2"], [2]])
def test_answer_is_kept_as_chosen(api, attempt, chosen):
    response = _put(api, attempt, chosen)
    assert (response.status_code, response.json()) == (200, {"place": 1, "chosen": [2]})
    kept = _kept(attempt)
    assert (kept.chosen, kept.locale) == ([kept.order[1]], "en")
    assert kept.saved_at
    assert _kept(attempt, place=2).chosen == []


def test_answer_remembers_the_language_it_was_given_in(api, attempt):
    _put(api, attempt, ["1"], **{"accept-language": "es"})
    assert _kept(attempt).locale == "es"


def test_later_answer_replaces_the_earlier_one(api, attempt):
    _put(api, attempt, ["2"])
    _put(api, attempt, ["3", "1", "3"])
    kept = _kept(attempt)
    assert kept.chosen == [kept.order[0], kept.order[2]]


def test_nothing_chosen_empties_the_answer(api, attempt):
    _put(api, attempt, ["2"])
    assert _put(api, attempt, []).json() == {"place": 1, "chosen": []}
    assert _kept(attempt).chosen == []


def test_saving_costs_four_queries(api, attempt):
    _put(api, attempt, ["1"])
    with CaptureQueriesContext(connection) as captured:
        assert _put(api, attempt, ["2"]).status_code == 200
    sql = [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))]
    assert [line.split()[0] for line in sql] == ["SELECT", "SELECT", "SELECT", "UPDATE"], sql


@pytest.mark.parametrize(("chosen", "place"), [(["4"], 1), (["1"], 3)])
def test_unknown_option_or_question_is_refused(api, attempt, chosen, place):
    response = _put(api, attempt, chosen, place)
    assert (response.status_code, response.json()) == (400, {"code": "unknown_choice", "detail": UNKNOWN_CHOICE})
    assert set(attempt.responses.values_list("saved_at", flat=True)) == {None}


@pytest.mark.parametrize(
    ("chosen", "fields"),
    [
        (["b"], {"chosen.0": ["A valid integer is required."]}),
        ([0], {"chosen.0": ["Ensure this value is greater than or equal to 1."]}),
        ("2", {"chosen": ['Expected a list of items but got type "str".']}),
        (None, {"chosen": ["This field may not be null."]}),
    ],
)
def test_answer_that_is_no_list_of_places_is_refused(api, attempt, chosen, fields):
    response = _put(api, attempt, chosen)
    assert (response.status_code, response.json()["fields"]) == (400, fields)


@pytest.mark.parametrize("place", [1, 9])
def test_somebody_elses_attempt_is_not_found(strangers_api, attempt, place):
    response = _put(strangers_api, attempt, ["1"], place)
    assert (response.status_code, response.json()["code"]) == (404, "not_found")
    assert _kept(attempt).chosen == []


def test_attempt_that_was_handed_in_no_longer_changes(api, attempt):
    Attempt.objects.filter(pk=attempt.pk).update(submitted_at=timezone.now(), right=0, score=0, passed=False)
    response = _put(api, attempt, ["1"])
    assert (response.status_code, response.json()["code"]) == (409, "already_submitted")
    assert _kept(attempt).chosen == []


RECALLED = {
    "code": "edition_recalled",
    "detail": "Something in your edition of this module had to be put right, so this answer was not kept. "
    "Open the module on the site to go on.",
}


def test_recalled_edition_takes_no_answers(api, attempt, learner):
    recall(release=attempt.release, locale="en", reason="harmful", by=learner)
    response = _put(api, attempt, ["1"])
    assert (response.status_code, response.json(), _kept(attempt).chosen) == (409, RECALLED, [])


def test_edition_that_is_recalled_in_one_language_takes_answers_in_the_other(api, attempt, learner):
    recall(release=attempt.release, locale="en", reason="harmful", by=learner)
    assert _put(api, attempt, ["1"], **{"accept-language": "es"}).status_code == 200


def test_recalled_edition_takes_no_answers_in_a_language_that_it_lacks(api, learner):
    english = in_locales(factories.document(), ("en",))
    row = factories.enrolment(by=learner, content=english)
    attempt = start_attempt(enrolment=row, step=row.content.step("first-test"), locale="en", by=learner)
    assert _put(api, attempt, ["1"], **{"accept-language": "es"}).status_code == 200
    recall(release=attempt.release, locale="en", reason="harmful", by=learner)
    assert _put(api, attempt, ["2"], **{"accept-language": "es"}).json()["code"] == "edition_recalled"


def test_test_that_was_handed_in_says_so_in_a_recalled_edition_too(api, attempt, learner):
    recall(release=attempt.release, locale="en", reason="harmful", by=learner)
    Attempt.objects.filter(pk=attempt.pk).update(submitted_at=timezone.now(), right=0, score=0, passed=False)
    assert _put(api, attempt, ["1"]).json()["code"] == "already_submitted"


def test_edition_that_is_opened_again_takes_answers_again(api, attempt, learner):
    recall(release=attempt.release, locale="en", reason="harmful", by=learner)
    open_again(release=attempt.release, locale="en", reason="corrected", by=learner)
    assert _put(api, attempt, ["1"]).status_code == 200


def test_session_without_csrf_token_is_refused(attempt, learner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
    response = _put(client, attempt, ["1"])
    assert (response.status_code, response.json()["code"]) == (403, "permission_denied")
    assert _kept(attempt).chosen == []


def test_session_with_csrf_token_is_accepted(attempt, learner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["csrftoken"] = "a" * 32
    assert _put(client, attempt, ["1"], **{"x-csrftoken": "a" * 32}).status_code == 200


def test_answering_tells_nothing_about_being_right(api, attempt):
    kept = _kept(attempt)
    right = kept.order.index("b") + 1
    wrong = right % 3 + 1
    told = [_put(api, attempt, [pick]) for pick in (right, wrong)]
    assert [response.json() for response in told] == [{"place": 1, "chosen": [pick]} for pick in (right, wrong)]
    headers = [dict(response.headers) for response in told]
    for each in headers:
        each.pop("Expires")  # the second of the answer
    assert headers[0] == headers[1]
