"""The last day of a certificate, for calendars."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from tests import factories
from tests.certificates.factories import COMPLETED_AT, certificate

pytestmark = pytest.mark.django_db
LAST = date(2098, 5, 1)


def fetch(client, issued):
    client.force_login(issued.completion.enrolment.user)
    return client.get(f"/en/certificates/{issued.shown_code}/last-day.ics")


@pytest.mark.parametrize(
    "language, summary, name",
    [
        ("en", "Last day of one of your certificates", "last-day.ics"),
        ("es", "Último día de uno de sus certificados", "ultimo-dia.ics"),
    ],
)
def test_calendar_file_holds_the_last_day_in_the_learners_language(client, language, summary, name):
    issued = certificate(factories.user(language=language), expires_on=LAST)
    answer = fetch(client, issued)
    (event,) = Calendar.from_ical(answer.content).events
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        "text/calendar; charset=utf-8",
        f'attachment; filename="{name}"',
    )
    assert (str(event["summary"]), event.start, event.end) == (summary, LAST, LAST + timedelta(days=1))
    alarms = [(alarm["trigger"].dt, str(alarm["description"])) for alarm in event.walk("VALARM")]
    assert alarms == [(timedelta(days=-days), summary) for days in (90, 30, 7)]


def test_calendar_file_is_the_same_every_time_and_tells_nothing(client):
    issued = certificate(expires_on=LAST)
    first, again = fetch(client, issued).content, fetch(client, issued).content
    private = [issued.printed_name, issued.code, issued.shown_code, issued.completion.enrolment.user.email, "title"]
    assert (first == again, [word for word in private if word in first.decode()]) == (True, [])


def test_each_certificate_has_its_own_event(client):
    user = factories.user()
    rows = [certificate(user, content=factories.document(key=key), expires_on=LAST) for key in ("one", "two")]
    events = [Calendar.from_ical(fetch(client, row).content).events[0] for row in rows]
    assert events[0]["uid"] != events[1]["uid"]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"expires_on": LAST, "replaced_at": COMPLETED_AT},
        {"expires_on": LAST, "revoked_at": COMPLETED_AT, "revocation_category": "error"},
    ],
)
def test_no_calendar_file_of_what_does_not_expire_or_has_ended(client, fields):
    assert fetch(client, certificate(**fields)).status_code == 404


def test_somebody_elses_calendar_file_is_not_found(client):
    issued = certificate(expires_on=LAST)
    client.force_login(factories.user("stranger@example.org"))
    assert client.get(f"/en/certificates/{issued.shown_code}/last-day.ics").status_code == 404
