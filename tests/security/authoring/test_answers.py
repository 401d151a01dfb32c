"""Answers that are no pages of a walk: errors, data for programs, tables, searches, and a text drawn as it is typed."""

import csv
from io import StringIO
from urllib.parse import urlencode

import pytest
from django.test import Client

from accounts.models import Profile
from learning.services.surveys import COMMENT_LENGTH
from studio.presenting.shapes import KINDS_OF_TEXT
from tests.security.authoring import learners, visits
from tests.security.authoring.module import NAMED
from tests.security.authoring.page import dangers, page_of
from tests.security.authoring.visits import Numbers, Visit
from tests.security.authoring.words import MARK, PAYLOADS, SLY, mark_of
from tests.security.conftest import signed_in

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
M = "/en/studio/modules/basics/"
MARKED = mark_of(860, "en")
EVERYTHING = f"{MARKED} {''.join(PAYLOADS)}"
FORMULAS = ['=HYPERLINK("https://evil.example";"x")', "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", " =1", "＝1"]


def test_programs_are_answered_with_data_alone(module):
    browser, code, _transcript = learners.certified()
    answers = [browser.get(visit.url("en")) for visit in [*visits.interfaces(), visits.of_certificate(code)]]
    browser.force_login(learners.on_the_way().user)
    answers.append(
        browser.put("/api/v1/attempts/1/answers/1/", {"chosen": "<svg/onload=alert(1)>"}, "application/json")
    )
    answers.append(browser.get("/api/v1/<svg/onload=alert(1)>/", headers={"Accept": "text/html"}))
    kinds = {answer["Content-Type"].partition(";")[0] for answer in answers}
    assert (kinds, [dangers(answer) for answer in answers]) == ({"application/json"}, [[]] * len(answers))
    assert all(MARK.search(answer.content.decode()) for answer in answers[:3])


def test_table_of_learners_calculates_nothing(module, admin):
    for name in FORMULAS:
        row = learners.on_the_way()
        Profile.objects.filter(user=row.user).update(printed_name=name)
    answer = signed_in(admin).get(f"{M}learners.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    cells = [cell for row in csv.reader(StringIO(text)) for cell in row]
    begun = [cell for cell in cells if cell.strip().startswith(("=", "+", "-", "@", "＝"))]
    assert (begun, [name for name in FORMULAS if f"'{name}" not in cells], dangers(answer)) == ([], [], [])
    assert mark_of(NAMED, "en") not in text.partition("\n")[0]


ADDRESSES = ["/en/<script evil>alert(1)</script>/", "/es/'\"><svg/onload=alert(1)>/", "/en/learn/{{7*7}}/", "/<script>"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_that_is_not_there_repeats_nothing_harmful(address, admin):
    browser = signed_in(admin)
    answers = [browser.get(address), browser.get(address, {"next": address, "q": address}), browser.post(address)]
    assert [dangers(answer) for answer in answers] == [[]] * 3


# Whatever a page reads from its address.
ASKED = [
    *("page", "state", "step", "part", "locale", "words", "form", "objective", "setting", "language", "edition"),
    *("standing", "source", "progress", "device", "framed", "walk", "typed", "file", "open", "next", "code", "to"),
    *("chosen", "switch", "again", "following", "paper", "offer"),
]


def test_what_stands_in_an_address_is_repeated_as_words(module, admin):
    nurse, browser = learners.on_the_way().user, signed_in(admin)
    query = f"?{urlencode(dict.fromkeys(ASKED, EVERYTHING))}"
    asked = [(browser, visit) for visit in [*visits.studio(Numbers.of(module, nurse.pk)), *visits.previews()]]
    asked += [(signed_in(nurse), visit) for visit in visits.learner()] + [
        (Client(), visit) for visit in visits.public()
    ]
    answers = [(visit, who.get(visit._replace(query=query).url("en"), follow=True)) for who, visit in asked]
    assert [(visit, found) for visit, answer in answers if (found := dangers(answer))] == []


def test_choices_carried_in_the_address_of_a_preview_are_words(module, admin):
    typed = urlencode({"comment": f"{MARKED} {SLY % MARKED}", "ready": EVERYTHING})
    address = Visit("studio:preview-step", ("basics", "survey"), f"?progress=5&{urlencode({'typed': typed[:1500]})}")
    answer = signed_in(admin).get(address.url("en"))
    assert (answer.status_code, MARKED in page_of(answer).marks, dangers(answer)) == (200, True, [])


@pytest.mark.parametrize("kind", [*KINDS_OF_TEXT, "../../base"])
def test_text_drawn_as_it_is_typed_holds_nothing_active(kind, clean, admin):
    browser = signed_in(admin)
    for words in PAYLOADS:
        answer = browser.post(f"{M}render/", {"text": f"{MARKED} {words}", "kind": kind})
        assert (answer.status_code, MARKED in page_of(answer).marks, dangers(answer)) == (200, True, []), words


def test_people_are_found_and_shown_with_hostile_names(admin):
    browser = signed_in(admin)
    sought = [browser.post("/en/studio/learners/", {"text": text}) for text in (mark_of(NAMED, "en"), EVERYTHING[:250])]
    assert [(mark_of(NAMED, "en") in page_of(answer).marks, dangers(answer)) for answer in sought] == [
        (True, []),
        (False, []),
    ]


def test_comment_too_long_for_the_survey_comes_back_as_words(module):
    browser, address = learners.at_the_survey(), Visit("learning:step", ("basics", "survey")).url("es")
    answer = browser.post(address, {"comment": EVERYTHING + " " * 2 + "x" * COMMENT_LENGTH})
    assert (answer.status_code, MARKED in page_of(answer).marks, dangers(answer)) == (422, True, [])


def test_somebody_elses_words_are_on_no_page_of_an_error(module, admin, monkeypatch):
    monkeypatch.setattr("learning.views.training.enrolments_of", lambda _user: 1 / 0)
    broken = signed_in(admin).get("/en/training/")
    refused = signed_in(learners.on_the_way().user).get("/es/studio/", {"next": EVERYTHING})
    forged = Client(enforce_csrf_checks=True).post(
        "/en/sign-in/", {}, headers={"Referer": f"http://testserver/en/?{EVERYTHING}"}
    )
    spoilt = Client().get("/en/", {"x": "1"}, headers={"Cookie": 'sessionid="<svg/onload=alert(1)>\\000"'})
    answers = [broken, refused, forged, spoilt]
    assert [(answer.status_code, dangers(answer)) for answer in answers] == [(500, []), (403, []), (403, []), (400, [])]
