import re

import pytest
from django.contrib.messages import get_messages

from accounts.services import remember_setting
from courses.services.releases import withdraw
from learning.models import (
    Attempt,
    CaseDecision,
    CheckAnswer,
    Enrolment,
    Response,
    SettingChoice,
    SurveyAnswer,
    Visit,
)
from tests import factories
from tests.learning.reading import Page

pytestmark = pytest.mark.django_db
MARK = {"en": "(English)", "es": "(español)"}
OTHER = {"en": "es", "es": "en"}
SHARED = "/en/learn/basics/steps/shared/"
CASE = "/en/learn/basics/steps/clinic-case/"
TEST = "/en/learn/basics/steps/final-test/"
SURVEY = "/en/learn/basics/steps/survey/"


def spanish(url: str) -> str:
    return url.replace("/en/", "/es/", 1)


def messages(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def facts() -> dict[str, list]:
    """Every row of what a learner did."""
    models = (Enrolment, Visit, CheckAnswer, CaseDecision, SettingChoice, Attempt, Response, SurveyAnswer)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def right_answers(attempt: Attempt) -> dict[str, int]:
    return {f"q{response.place}": response.order.index("b") + 1 for response in attempt.responses.all()}


# The whole way


@pytest.mark.parametrize("locale", ["en", "es"])
def test_learner_goes_the_whole_way_in_one_language(locale, client):
    factories.release()
    client.force_login(factories.user())
    learn, steps = f"/{locale}/learn/basics/", f"/{locale}/learn/basics/steps/"

    def post(url: str, **fields) -> str:
        response = client.post(url, fields)
        assert response.status_code == 302, (url, response.status_code)
        return response["Location"]

    def take_test(key: str) -> str:
        page = post(f"{steps}{key}/")
        assert client.get(page).status_code == 200
        return post(page, **right_answers(Attempt.objects.latest("pk")))

    assert post(f"/{locale}/modules/basics/setting/", setting="clinic") == learn
    assert client.get(f"{learn}continue/")["Location"] == f"{steps}first-test/"
    assert take_test("first-test") == f"{steps}first-test/1/result/"
    assert post(f"{steps}shared/") == f"{steps}clinic-lesson/"
    assert post(f"{steps}clinic-lesson/") == f"{steps}clinic-case/"
    assert post(f"{steps}clinic-case/", run=1, node="arrival", choice=2) == f"{steps}clinic-case/#now"
    assert client.get(f"{learn}continue/")["Location"] == f"{steps}final-test/"
    assert take_test("final-test") == f"{steps}final-test/1/result/"
    assert post(f"{steps}survey/", ready="4") == f"/{locale}/certificates/basics/name/"
    row = Enrolment.objects.get()
    assert (row.completion.locale, row.completion.setting, row.completion.score) == (locale, "clinic", 100)
    assert set(Visit.objects.values_list("locale", flat=True)) == {locale}


# Languages

EVERYWHERE = {
    "home": "",
    "module": "modules/basics/",
    "training": "training/",
    "path": "learn/basics/",
    "change-setting": "learn/basics/setting/",
    "setting-receipt": "learn/basics/setting/?to=school",
    "lesson": "learn/basics/steps/shared/",
    "lesson-of-another-setting": "learn/basics/steps/school-lesson/",
    "case": "learn/basics/steps/clinic-case/",
    "case-again": "learn/basics/steps/clinic-case/?again",
    "first-test": "learn/basics/steps/first-test/",
    "first-result": "learn/basics/steps/first-test/1/result/",
    "final-test": "learn/basics/steps/final-test/",
    "failed-result": "learn/basics/steps/final-test/1/result/",
    "attempt": "learn/basics/steps/final-test/2/",
    "survey-waits": "learn/basics/steps/survey/",
}


@pytest.fixture
def far(ready, client):
    """Signed in, with answered checks, a finished case, a failed attempt and one under way."""
    client.force_login(ready.user)
    client.post(SHARED, {"block": "check", "check.number": 1, "check.choice": 1})
    client.post(SHARED, {"block": "sort", "sort.number": 1, "sort.item-1": 1, "sort.item-2": 1})
    factories.hand_in(ready, right=False)
    client.post(TEST)
    return client


@pytest.mark.parametrize("locale", ["en", "es"])
@pytest.mark.parametrize("path", EVERYWHERE.values(), ids=EVERYWHERE)
def test_page_holds_words_of_its_own_language_only(path, locale, far):
    page = Page(far.get(f"/{locale}/{path}"))
    assert (page.lang, MARK[locale] in page.text, MARK[OTHER[locale]] in page.text) == (locale, True, False)


@pytest.mark.parametrize("locale", ["en", "es"])
@pytest.mark.parametrize(
    "path", ["learn/basics/", "learn/basics/steps/survey/", "learn/basics/steps/final-test/1/result/"]
)
def test_page_of_a_completed_module_holds_words_of_its_own_language_only(path, locale, row, client):
    factories.finish_all(row)
    client.force_login(row.user)
    page = Page(client.get(f"/{locale}/{path}"))
    assert (page.lang, MARK[locale] in page.text, MARK[OTHER[locale]] in page.text) == (locale, True, False)


@pytest.mark.parametrize("locale", ["en", "es"])
def test_choice_of_setting_is_offered_in_the_language_of_the_page(locale, client):
    factories.release()
    page = Page(client.get(f"/{locale}/modules/basics/setting/"))
    assert (MARK[locale] in page.text, MARK[OTHER[locale]] in page.text) == (True, False)
    assert page.offered == [("setting", "clinic"), ("setting", "school")]


def test_every_page_offers_itself_in_the_other_language(far):
    for path in EVERYWHERE.values():
        text = Page(far.get(f"/en/{path}")).text
        assert f'href="/es/{path}"' in text or 'name="switch" value="es"' in text, path


def test_looking_at_pages_in_the_other_language_writes_no_progress(far):
    for path in EVERYWHERE.values():
        far.get(f"/en/{path}")
    before = facts()
    for path in EVERYWHERE.values():
        far.get(f"/es/{path}")
    assert facts() == before


# Unsent choices travel with the language switch


def switched(client, url: str, **fields) -> list[tuple[str, str]]:
    """What is filled in after switching to Spanish with these choices unsent; nothing may be written."""
    client.get(url)
    before = facts()
    response = client.post(url, {**fields, "switch": "es"})
    assert response["Location"] == spanish(url)
    assert facts() == before
    return Page(client.get(response["Location"])).chosen


def test_a2_switch_keeps_an_unsent_setting(client):
    """Protects: a choice made but not yet sent stays selected when the language is switched (support/carry.py)."""
    factories.release()
    assert switched(client, "/en/modules/basics/setting/", setting="school") == [("setting", "school")]


def test_a2_switch_keeps_an_unsent_answer_to_a_check(browser):
    """Protects: a choice made but not yet sent stays selected when the language is switched (support/carry.py)."""
    assert switched(browser, SHARED, **{"block": "check", "check.number": 1, "check.choice": 2}) == [
        ("check.choice", "2")
    ]


def test_a2_switch_keeps_an_unsent_sort(browser):
    """Protects: a choice made but not yet sent stays selected when the language is switched (support/carry.py)."""
    fields = {"block": "sort", "sort.number": 1, "sort.item-1": 2, "sort.item-2": 1}
    assert switched(browser, SHARED, **fields) == [("sort.item-1", "2"), ("sort.item-2", "1")]


def test_a2_switch_keeps_an_unsent_decision(browser):
    """Protects: a choice made but not yet sent stays selected when the language is switched (support/carry.py)."""
    assert switched(browser, CASE, run=1, node="arrival", choice=2) == [("choice", "2")]


def test_a2_switch_keeps_an_unsent_survey(finish, browser):
    """Protects: a choice made but not yet sent stays selected when the language is switched (support/carry.py)."""
    finish("first-test", "shared", "clinic-lesson", "clinic-case", "final-test")
    chosen = switched(browser, SURVEY, ready=4, applies="some", comment="Muy útil")
    assert chosen == [("ready", "4"), ("applies", "some"), ("comment", "Muy útil")]


def test_a2_switch_during_a_test_saves_what_was_chosen_and_shows_it(ready, browser):
    """Protects: a choice made but not yet sent stays selected when the language is switched (support/carry.py)."""
    page = browser.post(TEST)["Location"]
    response = browser.post(page, {"q1": 3, "switch": "es"})
    assert response["Location"] == spanish(page)
    assert Page(browser.get(spanish(page))).chosen == [("q1", "3")]
    assert Attempt.objects.get(stage="post").submitted_at is None


def test_switch_keeps_a_choice_only_once(browser):
    switched(browser, SHARED, **{"block": "check", "check.number": 1, "check.choice": 2})
    assert Page(browser.get(spanish(SHARED))).chosen == []


def test_switch_to_a_language_there_is_not_is_not_found(browser):
    assert browser.post(SHARED, {"switch": "fr"}).status_code == 404


def test_switch_to_a_language_there_is_not_hands_no_test_in(ready, browser):
    page = browser.post(TEST)["Location"]
    assert browser.post(page, {"q1": 1, "q2": 1, "switch": "fr"}).status_code == 404
    assert Attempt.objects.get(stage="post").submitted_at is None


@pytest.mark.parametrize("late", [{"q1": 3}, {"q1": 2, "q2": 1}])
def test_answers_sent_after_the_session_expired_are_on_the_page_again_and_unsaved(late, ready, browser):
    page = browser.post(TEST)["Location"]
    browser.logout()
    response = browser.post(page, late)
    assert response["Location"] == f"/en/sign-in/?next={page}"
    assert list(Attempt.objects.get(stage="post").responses.values_list("chosen", flat=True)) == [[], []]
    browser.force_login(ready.user)
    assert Page(browser.get(page)).chosen == [(name, str(place)) for name, place in late.items()]


# Who may see what

OWN = [
    "training/", "learn/basics/", "learn/basics/continue/", "learn/basics/setting/", "learn/basics/edition/",
    "learn/basics/steps/shared/", "learn/basics/steps/final-test/1/", "learn/basics/steps/final-test/1/result/",
]  # fmt: skip


@pytest.mark.parametrize("locale", ["en", "es"])
@pytest.mark.parametrize("path", OWN)
def test_anonymous_visitor_signs_in_and_comes_back(path, locale, row, client):
    response = client.get(f"/{locale}/{path}")
    assert (response.status_code, response["Location"]) == (302, f"/{locale}/sign-in/?next=/{locale}/{path}")


@pytest.mark.parametrize("path", OWN[1:])
def test_learner_who_has_not_begun_is_taken_to_the_module(path, row, client):
    client.force_login(factories.user("stranger@example.org"))
    response = client.get(f"/en/{path}")
    assert (response.status_code, response["Location"]) == (302, "/en/modules/basics/")
    assert messages(response) == ["Choose your professional setting to begin this module."]


@pytest.mark.parametrize(
    "path",
    [
        "modules/other/", "modules/other/setting/", "learn/other/", "learn/other/steps/shared/",
        "learn/basics/steps/other/", "learn/basics/steps/other/seen/", "learn/basics/steps/shared/1/",
        "learn/basics/steps/clinic-case/1/result/", "learn/basics/steps/final-test/1/",
        "learn/basics/steps/final-test/0/", "learn/basics/steps/final-test/1/result/",
        "learn/basics/steps/final-test/99999999999999999999/",
    ],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(path, browser):
    method = browser.post if path.endswith("seen/") else browser.get
    assert method(f"/en/{path}", follow=True).status_code == 404


def test_attempt_of_somebody_else_is_not_found(ready, client):
    attempt = factories.hand_in(ready)
    stranger = factories.enrolment(by=factories.user("stranger@example.org"))
    client.force_login(stranger.user)
    assert client.get(f"{TEST}{attempt.number}/result/").status_code == 404


@pytest.mark.parametrize("path", ["", "modules/basics/", "modules/basics/setting/"])
def test_catalogue_is_open_to_everybody(path, client):
    factories.release()
    assert client.get(f"/en/{path}").status_code == 200


def test_withdrawn_module_is_not_found_but_its_learners_go_on(row, browser, client):
    withdraw(release=row.release, locale="en", reason="wrong", by=row.user)
    assert browser.get("/en/modules/basics/").status_code == 404
    assert MARK["en"] not in Page(browser.get("/en/")).text
    assert browser.get(SHARED).status_code == 200


def test_b9_step_of_another_setting_explains_that_it_is_optional(browser):
    """Protects: the address of another path's step opens it and says that it is optional; it is no error."""
    page = Page(browser.get("/en/learn/basics/steps/school-lesson/"))
    assert "You are welcome to read it; your own path, clinic (English), does not need it." in page.text
    assert "step 0 of" not in page.text.lower()


def test_locked_step_says_what_it_waits_for_with_links_and_writes_nothing(browser):
    response = browser.get(TEST)
    assert response.status_code == 403
    assert Page(response).text.count("This step opens when these are done:") == 1
    listed = re.search(r'<ul class="left-list">.*?</ul>', response.content.decode(), re.S)[0]
    assert re.findall(r'href="([^"]+)"', listed) == [
        f"/en/learn/basics/steps/{key}/" for key in ("first-test", "shared", "clinic-lesson", "clinic-case")
    ]
    assert Visit.objects.count() == 0


@pytest.mark.parametrize("url", [TEST, SURVEY])
def test_locked_step_cannot_be_forced_by_a_post(url, browser):
    response = browser.post(url, {"ready": "4"})
    assert response.status_code == 403
    assert (Attempt.objects.count(), SurveyAnswer.objects.count(), Visit.objects.count()) == (0, 0, 0)


# Checks


def test_answer_to_a_check_shows_its_feedback_and_no_other(browser):
    response = browser.post(SHARED, {"block": "check", "check.number": 1, "check.choice": 1})
    assert response["Location"] == f"{SHARED}#check"
    page = Page(browser.get(SHARED))
    told = [key for key in "abc" if f"feedback {key} (English)" in page.text]
    assert (page.chosen, told) == ([("check.choice", "1")], CheckAnswer.objects.get().chosen)


def test_check_without_a_choice_says_so_and_loses_nothing(browser):
    response = browser.post(SHARED, {"block": "check", "check.number": 1})
    assert response.status_code == 422
    assert "Choose an answer first." in response.content.decode()
    assert CheckAnswer.objects.count() == 0


def test_half_a_sort_says_so_and_keeps_the_other_half(browser):
    response = browser.post(SHARED, {"block": "sort", "sort.number": 1, "sort.item-1": "2", "sort.item-2": ""})
    assert response.status_code == 422
    page = Page(response)
    assert "Choose a place for each item first." in page.text
    assert page.chosen == [("sort.item-1", "2")]


@pytest.mark.parametrize(
    "fields",
    [
        {"block": "check", "check.number": 1, "check.choice": 4},
        {"block": "check", "check.number": 1, "check.choice": 0},
        {"block": "check", "check.number": 1, "check.choice": "b"},
        {"block": "check", "check.number": 1, "check.choice": "٢"},
        {"block": "check", "check.number": 1, "check.choice": [1, 2]},
        {"block": "check", "check.number": "x", "check.choice": 1},
        {"block": "check", "check.choice": 1},
        {"block": "sort", "sort.number": 1, "sort.item-1": 1, "sort.item-2": 3},
        {"block": "sort", "sort.number": 1, "sort.item-1": 1, "sort.item-2": "one"},
    ],
)
def test_tampered_answer_is_refused_kindly(fields, browser):
    response = browser.post(SHARED, fields)
    assert (response.status_code, response["Location"]) == (302, SHARED)
    assert messages(response) == ["That answer does not fit this page any more. Please choose again."]
    assert CheckAnswer.objects.count() == 0


@pytest.mark.parametrize("block", ["intro", "none", ""])
def test_answer_to_what_is_no_exercise_is_not_found(block, browser):
    assert browser.post(SHARED, {"block": block, "check.number": 1, "check.choice": 1}).status_code == 404


def test_answer_sent_twice_is_kept_once(browser):
    for _click in range(2):
        browser.post(SHARED, {"block": "check", "check.number": 1, "check.choice": 1})
    assert CheckAnswer.objects.count() == 1


# Cases


def test_decision_without_a_choice_says_so(browser):
    response = browser.post(CASE, {"run": 1, "node": "arrival"})
    assert response.status_code == 422
    assert "Choose what you would do first." in response.content.decode()
    assert CaseDecision.objects.count() == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"run": 1, "node": "arrival", "choice": 3},
        {"run": 1, "node": "nowhere", "choice": 1},
        {"run": "x", "node": "arrival", "choice": 1},
        {"node": "arrival", "choice": 1},
    ],
)
def test_tampered_decision_is_refused_kindly(fields, browser):
    response = browser.post(CASE, fields)
    assert (response.status_code, response["Location"]) == (302, CASE)
    assert len(messages(response)) == 1
    assert CaseDecision.objects.count() == 0


def test_decision_from_a_page_left_behind_shows_where_the_case_stands(browser):
    browser.post(CASE, {"run": 1, "node": "arrival", "choice": 1})
    response = browser.post(CASE, {"run": 1, "node": "arrival", "choice": 2})
    assert response["Location"] == f"{CASE}#now"
    assert list(CaseDecision.objects.values_list("node", "choice")) == [("arrival", "ask")]


def test_case_tells_the_consequence_of_what_was_chosen_only(browser):
    browser.post(CASE, {"run": 1, "node": "arrival", "choice": 1})
    text = Page(browser.get(CASE)).text
    told = [name for name in ("ask", "leave", "listen") if f"feedback {name} (English)" in text]
    assert told == ["ask"]


def test_case_can_be_tried_another_way_and_nothing_is_written_before_a_decision(browser):
    browser.post(CASE, {"run": 1, "node": "arrival", "choice": 2})
    text = browser.get(f"{CASE}?again").content.decode()
    assert 'name="run" value="2"' in text
    assert CaseDecision.objects.count() == 1


# Tests


def test_saved_answers_are_there_after_coming_back(ready, browser):
    page = browser.post(TEST)["Location"]
    response = browser.post(page, {"q2": 1, "save": "1"})
    assert response["Location"] == "/en/learn/basics/"
    assert browser.post(TEST)["Location"] == page
    assert Page(browser.get(page)).chosen == [("q2", "1")]


def test_handing_in_with_gaps_names_each_and_keeps_the_rest(ready, browser):
    page = browser.post(TEST)["Location"]
    response = browser.post(page, {"q2": 1})
    assert response.status_code == 422
    read = Page(response)
    assert [link for link in read.links if link.startswith("#q")] == ["#q1-1"]
    assert read.chosen == [("q2", "1")]


@pytest.mark.parametrize("fields", [{"q1": 4}, {"q1": "b"}, {"q1": 0}, {"q1": 1, "q2": 99999}])
def test_tampered_answers_to_a_test_are_refused_kindly(fields, ready, browser):
    page = browser.post(TEST)["Location"]
    response = browser.post(page, fields)
    assert (response.status_code, response["Location"], len(messages(response))) == (302, page, 1)
    assert list(Attempt.objects.get(stage="post").responses.values_list("chosen", flat=True)) == [[], []]


def test_test_page_left_open_leads_to_the_result(ready, browser):
    factories.hand_in(ready)
    for response in (browser.get(f"{TEST}1/"), browser.post(f"{TEST}1/", {"q1": 1})):
        assert response["Location"] == f"{TEST}1/result/"
    assert Attempt.objects.get(stage="post").score == 100


def test_result_before_handing_in_leads_to_the_questions(ready, browser):
    page = browser.post(TEST)["Location"]
    assert browser.get(f"{page}result/")["Location"] == page


def test_no_attempt_left_says_whom_to_ask(client):
    row = factories.enrolment(content=factories.document(attempts_allowed=1))
    for key in ("first-test", "shared", "clinic-lesson", "clinic-case"):
        row = factories.finish(row, key)
    factories.hand_in(row, right=False)
    client.force_login(row.user)
    said = "You have used every attempt. Write to the support team: they can grant one more."
    response = client.post(TEST)
    assert (response["Location"], messages(response)) == (TEST, [said])
    result = client.get(f"{TEST}1/result/").content.decode()
    assert (said in result, "try once more" in result) == (True, False)


def test_rule_printed_on_the_test_is_the_rule_that_holds(client):
    row = factories.enrolment(content=factories.document(attempts_allowed=2))
    for key in ("first-test", "shared", "clinic-lesson", "clinic-case"):
        row = factories.finish(row, key)
    client.force_login(row.user)
    text = client.get(TEST).content.decode()
    assert ("2 right answers to pass (80%)" in text, "Try as often as you need" in text) == (True, False)


# Survey


def test_comment_that_is_too_long_is_not_lost(finish, browser):
    finish("first-test", "shared", "clinic-lesson", "clinic-case", "final-test")
    long = "ñ" * 2001
    response = browser.post(SURVEY, {"ready": 4, "comment": long})
    assert (response.status_code, Page(response).chosen) == (422, [("ready", "4"), ("comment", long)])
    assert SurveyAnswer.objects.count() == 0


def test_line_breaks_count_as_the_browser_counts_them_and_no_byte_breaks_the_database(finish, browser):
    finish("first-test", "shared", "clinic-lesson", "clinic-case", "final-test")
    browser.post(SURVEY, {"comment": "a\0" + "\r\n" * 1998 + "z"})
    assert SurveyAnswer.objects.get().value == "a" + "\n" * 1998 + "z"


def test_survey_answered_before_says_so_and_shows_no_form(row, client):
    factories.finish_all(row)
    client.force_login(row.user)
    page = Page(client.get(SURVEY))
    assert "You have answered." in page.text
    assert page.offered == []


# Settings


def test_b2_changing_the_setting_shows_the_receipt_first_and_writes_nothing(finish, browser):
    """Protects: what is kept, new and no longer needed is shown before a change of setting; looking changes nothing."""
    finish("first-test", "shared", "clinic-lesson")
    before = facts()
    text = Page(browser.get("/en/learn/basics/setting/?to=school")).text
    kept, added, dropped = re.findall(r"<h2>.*?</section>", text, re.S)[:3]
    titles = [re.findall(r"<li>([^<(]+) \(English\)", part) for part in (kept, added, dropped)]
    assert titles == [
        ["first-test", "lesson shared", "final-test", "survey"],
        ["lesson school-lesson", "case school-case"],
        ["lesson clinic-lesson", "case clinic-case"],
    ]
    assert facts() == before


def test_confirming_changes_the_setting(browser):
    response = browser.post("/en/learn/basics/setting/", {"to": "school"})
    assert response["Location"] == "/en/learn/basics/"
    assert messages(response) == ["Your path is now the one for: school (English)."]
    assert Enrolment.objects.get().setting == "school"


@pytest.mark.parametrize("fields", [{"to": "street"}, {"to": ""}, {}])
def test_setting_that_does_not_exist_is_not_found(fields, browser):
    assert browser.post("/en/learn/basics/setting/", fields).status_code == 404
    assert Enrolment.objects.get().setting == "clinic"


@pytest.mark.parametrize("to", ["clinic", "street"])
def test_receipt_for_no_change_is_the_choice_again(to, browser):
    assert ("to", "school") in Page(browser.get(f"/en/learn/basics/setting/?to={to}")).offered


def test_completed_module_keeps_its_setting(row, browser):
    factories.finish_all(row)
    response = browser.post("/en/learn/basics/setting/", {"to": "school"})
    assert messages(response) == ["You have completed this module, so its setting no longer changes."]
    assert Enrolment.objects.get().setting == "clinic"


def test_setting_not_chosen_says_so(client):
    factories.release()
    client.force_login(factories.user())
    response = client.post("/en/modules/basics/setting/", {})
    assert response.status_code == 422
    assert "Choose the setting closest to yours." in response.content.decode()
    assert Enrolment.objects.count() == 0


def test_setting_chosen_before_signing_in_comes_back_with_the_learner(client):
    factories.release()
    response = client.post("/en/modules/basics/setting/", {"setting": "school"})
    target = "/en/modules/basics/setting/?setting=school"
    assert response.status_code == 302
    assert response["Location"].startswith("/en/sign-in/?next=")
    client.force_login(factories.user())
    assert Page(client.get(target)).chosen == [("setting", "school")]


# Going on


def test_block_that_was_seen_is_where_the_next_device_goes_on(finish, browser):
    finish("first-test")
    browser.get(SHARED)
    assert browser.post(f"{SHARED}seen/", {"block": "sort"}).status_code == 204
    assert browser.get("/en/learn/basics/continue/")["Location"] == f"{SHARED}#sort"


@pytest.mark.parametrize("block", ["none", ""])
def test_block_there_is_not_cannot_be_seen(block, browser):
    browser.get(SHARED)
    assert browser.post(f"{SHARED}seen/", {"block": block}).status_code == 404


def test_seen_is_written_by_a_post_only(browser):
    assert browser.get(f"{SHARED}seen/").status_code == 405


def test_meeting_what_the_path_page_lists_completes_the_module(finish, browser):
    row = finish("shared")
    while row.completed_at is None:
        text = browser.get("/en/learn/basics/").content.decode()
        listed = re.search(r'<ol class="left-list">.*?</ol>', text, re.S)[0]
        keys = re.findall(r'href="/en/learn/basics/steps/([^/]+)/"', listed)
        assert keys == [step.key for step in row.progress.missing]
        row = finish(keys[0])
    assert browser.get("/en/learn/basics/continue/")["Location"] == "/en/learn/basics/"


# Editions


@pytest.fixture
def english_row(db):
    """Enrolled in edition 1, which is in English only."""
    return factories.enrolment(content=factories.document(locales=("en",)))


def test_language_that_the_edition_lacks_leads_to_the_receipt_of_the_one_that_has_it(english_row, client):
    factories.release(factories.document(steps=(*factories.document().steps, factories.lesson("new"))), number=2)
    client.force_login(english_row.user)
    edition = "/es/learn/basics/edition/"
    assert client.get(spanish(SHARED))["Location"] == edition
    before = facts()
    page = Page(client.get(edition))
    assert "lesson new (español)" in page.text
    assert "(English)" not in page.text
    assert facts() == before
    assert client.post(edition)["Location"] == "/es/learn/basics/"
    assert Enrolment.objects.get().release.number == 2
    assert client.get(spanish(SHARED)).status_code == 200


def test_language_that_no_edition_has_is_explained(english_row, client):
    client.force_login(english_row.user)
    text = client.get("/es/learn/basics/edition/").content.decode()
    assert "(English)" not in text
    assert client.post("/es/learn/basics/edition/").status_code == 200
    assert Enrolment.objects.get().release.number == 1


def test_edition_page_in_a_language_that_is_there_leads_to_the_path(browser):
    assert browser.get("/es/learn/basics/edition/")["Location"] == "/es/learn/basics/"


def test_test_begun_before_moving_can_be_read_in_the_new_language(english_row, client):
    factories.release(number=2)
    client.force_login(english_row.user)
    page = client.post("/en/learn/basics/steps/first-test/")["Location"]
    client.post("/es/learn/basics/edition/")
    text = client.get(spanish(page)).content.decode()
    assert (text.count("(español)") > 6, "(English)" in text) == (True, False)


def test_result_of_an_edition_without_the_language_is_shown_in_its_own(english_row, client):
    factories.hand_in(english_row, "first-test")
    factories.release(number=2)
    client.force_login(english_row.user)
    client.post("/es/learn/basics/edition/")
    result = "/en/learn/basics/steps/first-test/1/result/"
    assert client.get(spanish(result))["Location"] == result
    assert client.get(result).status_code == 200


def test_setting_of_the_profile_is_proposed_for_a_module(client):
    factories.release()
    nurse = factories.user()
    remember_setting(user=nurse, by=nurse, setting="school")
    client.force_login(nurse)
    page = client.get("/en/modules/basics/setting/")
    assert [setting["key"] for setting in page.context["settings"] if setting["checked"]] == ["school"]
