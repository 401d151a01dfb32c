"""Finding and helping learners."""

import csv
import io

import pytest

from accounts.models import Profile
from certificates.models import Certificate
from certificates.services.issuing import issue
from learning.models import AttemptGrant, Enrolment, SurveyAnswer
from learning.services import surveys
from learning.services.enrolments import change_setting, move_to_release
from tests import factories
from tests.learning.test_query_counts import queries

pytestmark = pytest.mark.django_db

FIND = "/en/studio/learners/"
LIST = "/en/studio/modules/basics/learners/"


@pytest.fixture
def helper(as_role):
    return as_role("support")


def named(email: str, name: str):
    person = factories.user(email)
    Profile.objects.filter(user=person).update(printed_name=name)
    return person


def learner(number: int, setting: str = "clinic", locale: str = "en", name: str = "", **document) -> Enrolment:
    person = named(f"nurse{number}@example.org", name)
    return factories.enrolment(setting, locale, by=person, content=factories.document(**document))


def certified(row: Enrolment) -> Certificate:
    row = factories.finish_all(row)
    return issue(completion=row.completion, offer="completion", printed_name="Ana Pérez", by=row.user)


def text(response) -> str:
    if response.streaming:
        return b"".join(response.streaming_content).decode()
    return response.content.decode()


def found(client, typed: str) -> list[str]:
    response = client.post(FIND, {"text": typed})
    assert response.status_code == 200
    return [person.email for person in response.context["found"]]


@pytest.mark.parametrize(
    "typed, people",
    [
        ("ana@", ["ana@example.org"]),
        ("ANA@EXAMPLE.ORG", ["ana@example.org"]),
        ("example", []),
        ("nunez", ["ana@example.org", "maria@example.org"]),
        ("NÚÑEZ", ["ana@example.org", "maria@example.org"]),
        ("nuñez maria", ["maria@example.org"]),
        ("o’brien", ["pat@example.org"]),
        ("O'BRIEN", ["pat@example.org"]),
        ("%%%", []),
        (".*.", []),
        ("[^x]", []),
        ("nobody", []),
    ],
)
def test_people_are_found_by_address_and_name_whatever_case_and_accents(typed, people, helper):
    named("ana@example.org", "Ana Núñez")
    named("maria@example.org", "María Elena Nuñez")
    named("pat@example.org", "Pat O'Brien")
    assert found(helper, typed) == people


def test_holder_of_a_certificate_is_found_by_its_code(helper):
    certificate = certified(learner(1))
    codes = (certificate.code, certificate.shown_code, certificate.shown_code.lower())
    assert [found(helper, code) for code in codes] == [["nurse1@example.org"]] * 3


def test_nobody_is_listed_without_looking_for_them(helper):
    named("ana@example.org", "Ana Núñez")
    assert "ana@example.org" not in text(helper.get(FIND))
    assert "ana@example.org" not in text(helper.get(FIND, {"text": "ana@example.org"}))


@pytest.mark.parametrize("typed", ["", "an", "  a  ", "a" * 255])
def test_search_too_short_or_too_long_is_refused(typed, helper):
    named("ana@example.org", "Ana Núñez")
    response = helper.post(FIND, {"text": typed})
    assert (response.status_code, response.context["found"]) == (422, None)


def test_search_says_that_there_are_more_than_it_shows(helper):
    for number in range(51):
        named(f"nurse{number:02}@example.org", "")
    response = helper.post(FIND, {"text": "nurse"})
    assert len(response.context["found"]) == 50
    assert "Only the first 50 people are shown." in text(response)


def test_learner_page_of_nobody_is_not_found(helper):
    assert helper.get(f"{FIND}99999/").status_code == 404


def record(client, row: Enrolment) -> dict:
    response = client.get(f"{FIND}{row.user_id}/")
    assert response.status_code == 200
    return response.context["records"][0]


def test_b8_each_choice_and_change_of_setting_is_stored_with_time_and_edition_and_appears_in_reports(helper):
    """B8: each choice and change of setting is stored with time and edition, and appears in reports."""
    row = learner(1)
    factories.finish(row, "shared")
    row = change_setting(enrolment=row, setting="school", locale="es", by=row.user)
    fewer = [step for step in factories.document().steps if step.key != "school-case"]
    second = factories.release(factories.document(steps=(*fewer, factories.lesson("new"))), number=2)
    row = move_to_release(enrolment=row, release=second, locale="en", by=row.user)
    shown = [
        {name: str(change[name]) for name in ("what", "edition", "setting", "language")}
        for change in record(helper, row)["changes"]
    ]
    assert shown[:2] == [
        {"what": "began", "edition": "1", "setting": "clinic (English)", "language": "English"},
        {"what": "changed", "edition": "1", "setting": "school (English)", "language": "Spanish"},
    ]
    assert [(fact.release.number, fact.before, fact.setting) for fact in row.setting_choices.all()] == [
        (1, "", "clinic"),
        (1, "clinic", "school"),
    ]
    change = record(helper, row)["changes"][1]
    assert change["at"] == row.setting_choices.last().at
    assert change["receipt"] == {
        "kept": ["first-test (English)", "lesson shared (English)", "final-test (English)", "survey (English)"],
        "added": ["lesson school-lesson (English)", "case school-case (English)"],
        "dropped": ["lesson clinic-lesson (English)", "case clinic-case (English)"],
    }
    page = text(helper.get(f"{FIND}{row.user_id}/"))
    assert "Changed in edition 1 from clinic (English) to school (English)" in page


def test_move_to_another_edition_appears_with_its_receipt(helper):
    row = learner(1)
    steps = [step for step in factories.document().steps if step.key != "clinic-case"]
    second = factories.release(factories.document(steps=(*steps, factories.lesson("new"))), number=2)
    move_to_release(enrolment=row, release=second, locale="es", by=row.user)
    change = record(helper, row)["changes"][1]
    assert (change["what"], change["before"], change["edition"], str(change["language"])) == ("moved", 1, 2, "Spanish")
    assert (change["receipt"]["added"], change["receipt"]["dropped"]) == (
        ["lesson new (English)"],
        ["case clinic-case (English)"],
    )


def test_why_not_finished_names_every_unmet_requirement(helper):
    row = learner(1, attempts_allowed=1)
    told = [(item["title"], item["why"].split(" on ")[0]) for item in record(helper, row)["unmet"]]
    assert told == [
        ("first-test (English)", "Not taken yet."),
        ("lesson shared (English)", "Not opened yet."),
        ("lesson clinic-lesson (English)", "Not opened yet."),
        ("case clinic-case (English)", "Not opened yet."),
        ("final-test (English)", "It opens when 4 other steps are finished."),
        ("survey (English)", "It opens when the final test is passed."),
    ]
    for key in ("first-test", "shared", "clinic-lesson", "clinic-case"):
        factories.finish(row, key)
    factories.hand_in(row, right=False)
    assert [item["why"] for item in record(helper, row)["unmet"]] == [
        "Every attempt is used: the best score is 0%, and 80% are needed.",
        "It opens when the final test is passed.",
    ]


def test_completed_without_certificate_says_what_is_missing(helper):
    row = factories.finish_all(learner(1))
    assert (record(helper, row)["unmet"], record(helper, row)["waits_for_name"]) == ([], True)
    issue(completion=row.completion, offer="completion", printed_name="Ana Pérez", by=row.user)
    shown = record(helper, row)
    assert shown["waits_for_name"] is False
    certificate = Certificate.objects.get()
    assert [(c["code"], c["url"], str(c["status"])) for c in shown["certificates"]] == [
        (certificate.shown_code, f"/en/studio/certificates/{certificate.shown_code}/", "Valid")
    ]


def test_answers_of_an_attempt_are_shown_as_they_were_given(helper):
    row = learner(1)
    factories.finish(row, "first-test")
    (attempt,) = record(helper, row)["attempts"]
    assert {answer["stem"]: (answer["chosen"], answer["is_right"]) for answer in attempt["answers"]} == {
        "question a1 (English)": (["option b (English)"], True),
        "question a2 (English)": (["option b (English)"], True),
    }


def test_spanish_page_shows_an_english_edition_in_english_and_says_so(helper):
    row = learner(1, locales=("en",))
    response = helper.get(f"/es/studio/learners/{row.user_id}/")
    assert response.context["records"][0]["locale"] == "en"
    assert f'<h2 id="enrolment-{row.pk}-title" lang="en">' in text(response)


def test_survey_answers_are_on_no_page(helper):
    row = learner(1)
    while row.progress.next.key != "survey":
        row = factories.finish(row, row.progress.next.key)
    survey = row.content.step("survey")
    surveys.answer_survey(enrolment=row, step=survey, answers={"comment": "remarkable"}, locale="en", by=row.user)
    assert SurveyAnswer.objects.get().value == "remarkable"
    pages = [text(helper.get(page)) for page in (f"{FIND}{row.user_id}/", LIST, f"{LIST[:-1]}.csv")]
    assert [("The survey was answered." in page, "remarkable" in page) for page in pages] == [
        (True, False),
        (False, False),
        (False, False),
    ]


def test_learner_page_costs_the_same_for_one_and_three_modules(helper):
    person = factories.user()
    url = f"{FIND}{person.pk}/"

    def cost(modules: int) -> int:
        for place in range(modules):
            row = factories.enrolment(by=person, content=factories.document(key=f"m{place}"))
            for key in ("first-test", "shared", "clinic-case") if not row.facts.finished else ():
                row = factories.finish(row, key)
        helper.get(url)
        return len(queries(lambda: helper.get(url)))

    assert cost(1) == cost(3)


@pytest.fixture
def stuck() -> Enrolment:
    row = learner(1, attempts_allowed=1)
    for key in ("first-test", "shared", "clinic-lesson", "clinic-case"):
        factories.finish(row, key)
    factories.hand_in(row, right=False)
    return Enrolment.objects.get(pk=row.pk)


def grant(client, row: Enrolment, reason: str = "the power failed", learner: int | None = None):
    address = f"{FIND}{learner or row.user_id}/enrolments/{row.pk}/attempts/"
    return client.post(address, {f"grant-{row.pk}-reason": reason}, follow=False)


def test_grant_is_written_and_the_button_goes(stuck, helper):
    assert record(helper, stuck)["may_be_granted"] is True
    response = grant(helper, stuck)
    assert (response.status_code, response.url) == (302, f"{FIND}{stuck.user_id}/#enrolment-{stuck.pk}")
    shown = record(helper, stuck)
    assert (shown["may_be_granted"], [(g.reason, g.by) for g in shown["grants"]]) == (
        False,
        [("the power failed", helper.user)],
    )
    assert "Nothing was granted" in text(helper.get(grant(helper, stuck).url))
    assert AttemptGrant.objects.count() == 1


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_grant_without_a_fitting_reason_is_refused_and_keeps_what_was_typed(reason, stuck, helper):
    response = grant(helper, stuck, reason)
    assert (response.status_code, AttemptGrant.objects.count()) == (422, 0)
    assert reason.strip() in text(response)


def test_grant_for_an_enrolment_of_somebody_else_is_not_found(stuck, helper):
    assert grant(helper, stuck, learner=helper.user.pk).status_code == 404
    assert not AttemptGrant.objects.exists()


@pytest.fixture
def cohort() -> dict[str, Enrolment]:
    """One learner of each standing, in two settings, languages and editions."""
    rows = {
        "not-begun": learner(1, "clinic", "en", name="=HYPERLINK(1)", attempts_allowed=1),
        "in-progress": learner(2, "school", "es", name="María Núñez", attempts_allowed=1),
        "out-of-attempts": learner(3, "clinic", "en", attempts_allowed=1),
        "completed": learner(4, "school", "en", attempts_allowed=1),
    }
    factories.finish(rows["in-progress"], "shared")
    for key in ("first-test", "shared", "clinic-lesson", "clinic-case"):
        factories.finish(rows["out-of-attempts"], key)
    factories.hand_in(rows["out-of-attempts"], right=False)
    factories.finish_all(rows["completed"])
    factories.release(factories.document(), number=2)
    rows["certified"] = learner(5, "clinic", "es")
    certified(rows["certified"])
    return rows


def listed(client, **filters) -> list[str]:
    return [row["email"] for row in client.get(LIST, filters).context["learners"]]


@pytest.mark.parametrize(
    "filters, numbers",
    [
        ({}, [5, 4, 3, 2, 1]),
        ({"setting": "clinic"}, [5, 3, 1]),
        ({"language": "es"}, [5, 2]),
        ({"edition": "1"}, [4, 3, 2, 1]),
        ({"edition": "2"}, [5]),
        ({"standing": "not-begun"}, [1]),
        ({"standing": "in-progress"}, [2]),
        ({"standing": "out-of-attempts"}, [3]),
        ({"standing": "completed"}, [4]),
        ({"standing": "certified"}, [5]),
        ({"setting": "school", "language": "en"}, [4]),
    ],
)
def test_list_shows_whom_the_filters_leave_and_counts_them(filters, numbers, cohort, helper):
    response = helper.get(LIST, filters)
    people = [f"nurse{number}@example.org" for number in numbers]
    assert [row["email"] for row in response.context["learners"]] == people
    assert response.context["page"].paginator.count == len(people)
    assert sum(cell["learners"] for cell in response.context["results"]) == len(people)


@pytest.mark.parametrize("filters", [{"setting": "moon"}, {"edition": "x"}, {"language": "fr"}, {"standing": "'"}])
@pytest.mark.parametrize("page", [LIST, f"{LIST[:-1]}.csv"])
def test_unknown_filter_is_refused_and_lists_nobody(page, filters, cohort, helper):
    response = helper.get(page, filters)
    assert (response.status_code, response.context["learners"]) == (422, [])


def test_results_are_told_by_setting_and_language(cohort, helper):
    cells = helper.get(LIST).context["results"]
    assert [
        tuple(str(cell[n]) for n in ("setting", "language", "learners", "completed", "score")) for cell in cells
    ] == [
        ("clinic (English)", "English", "2", "0", "None"),
        ("clinic (English)", "Spanish", "1", "1", "100.0"),
        ("school (English)", "English", "1", "1", "100.0"),
        ("school (English)", "Spanish", "1", "0", "None"),
    ]


def test_list_is_paged_by_fifty_and_the_pages_keep_the_filter(helper):
    for number in range(51):
        learner(number)
    first, second = (helper.get(LIST, {"setting": "clinic", "page": page}) for page in (1, 2))
    assert (len(first.context["learners"]), len(second.context["learners"])) == (50, 1)
    assert "?setting=clinic&amp;page=2" in text(first)


def as_file(client, page: str = f"{LIST[:-1]}.csv", **filters) -> list[list[str]]:
    response = client.get(page, filters)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    content = text(response)
    assert content.startswith("\ufeff")
    return list(csv.reader(io.StringIO(content[1:])))


@pytest.mark.parametrize("filters", [{}, {"setting": "clinic"}, {"standing": "certified"}, {"language": "es"}])
def test_file_and_screen_say_the_same(filters, cohort, helper):
    names = ["email", "setting", "language", "edition", "started", "percent", "best", "completed", "standing"]
    screen = helper.get(LIST, filters).context
    headings, *lines = as_file(helper, **filters)
    assert headings == list(screen["headings"].values())
    at = [list(screen["headings"]).index(name) for name in names]
    assert [[line[place] for place in at] for line in lines] == [
        ["" if row[name] is None else str(row[name]) for name in names] for row in screen["learners"]
    ]


def test_file_in_spanish_is_spanish_and_named_so(cohort, helper):
    response = helper.get("/es/studio/modules/basics/learners.csv", {"standing": "in-progress"})
    _headings, line = list(csv.reader(io.StringIO(text(response)[1:])))
    assert response.headers["Content-Disposition"].endswith('-basics.csv"')
    assert (line[0], line[4]) == ("María Núñez", "school (español)")


def test_file_makes_no_name_a_formula(cohort, helper):
    lines = as_file(helper, standing="not-begun")
    assert lines[1][0] == "'=HYPERLINK(1)"


@pytest.mark.parametrize("page", [LIST, f"{LIST[:-1]}.csv"])
def test_list_costs_the_same_for_three_and_thirty_learners(page, helper):
    def cost(people: range) -> int:
        for number in people:
            learner(number)
        text(helper.get(page))
        return len(queries(lambda: text(helper.get(page))))

    assert cost(range(3)) == cost(range(3, 30))
