import csv
import io
import re
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from accounts.models import User
from certificates import signing, transcript_drawing
from certificates.errors import NothingEarned
from certificates.files import digest
from certificates.models import Certificate, Transcript
from certificates.services import transcripts
from courses.choices import CreditType
from jobs.models import Job
from tests import factories
from tests.certificates.factories import sample_facts
from tests.certificates.records import THEN, issued, nursing

pytestmark = pytest.mark.django_db
URL = "/en/transcript/"
HEADINGS = [
    *["Completed on", "Module", "Kind of credit", "Amount", "Name as printed", "Profession", "License", "Provider"],
    *["Provider number", "Activity number", "Issued on", "Valid until", "Status", "Verification code"],
]


@pytest.fixture
def learner() -> User:
    return factories.user("ana@example.org")


@pytest.fixture
def browser(learner) -> Client:
    return signed_in(learner)


@pytest.fixture(autouse=True)
def _quick_drawing(monkeypatch) -> None:
    monkeypatch.setattr(transcript_drawing, "draw", lambda asked: b"%PDF of " + str(asked.pk).encode())
    monkeypatch.setattr(signing, "sign", lambda content: content + b" signed")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def three(learner: User) -> list[Certificate]:
    """Contact hours twice, one of them replaced; a plain certificate a year later."""
    return [
        issued(learner, facts=nursing(date(2025, 3, 9)), expires_on=date(2099, 3, 9)),
        issued(learner, facts=nursing(date(2026, 3, 9), "2"), replaced_at=THEN),
        issued(learner, facts=sample_facts(completed_on=date(2027, 5, 1), demonstration=False)),
    ]


def rows(page, number: int = 0) -> list[list[str]]:
    """The cells of a table of the page, each line of one apart."""
    table = re.findall(r"<tbody>(.*?)</tbody>", page.content.decode(), re.DOTALL)[number]
    found = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    return [[_text(cell) for cell in re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row, re.DOTALL)] for row in found]


def _text(cell: str) -> str:
    return " | ".join(filter(None, (part.strip() for part in re.sub(r"<.*?>", "\n", cell).split("\n"))))


def test_each_cell_of_a_row_says_its_column_where_the_table_is_stacked(browser, learner):
    three(learner)
    page = browser.get(URL).content.decode()
    columns = re.findall(r'<th scope="col">(.*?)</th>', page.partition("<tbody>")[0])
    labels = re.findall(r'data-label="(.*?)"', page)
    assert labels == [column for column in columns if column != "Module and provider"] * 3


def table(client: Client, query: str = "") -> list[list[str]]:
    content = client.get(f"/en/transcript/transcript.csv{query}").content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content)))


def test_transcript_lists_everything_in_order(browser, learner):
    first, second, third = three(learner)
    issued(factories.user("eve@example.org"))
    page = browser.get(URL)
    name = "María José Núñez"
    hours = ["title (English) | provider (English) | Provider number P-0000"]
    assert rows(page) == [
        [
            "March 9, 2025",
            *hours,
            "1.25 contact hours | hours (English)",
            f"{name} | Nurse | License RN 884213 (TX)",
            "December 1, 2026 | Valid until March 9, 2099",
            "Valid",
            first.shown_code,
        ],
        [
            "March 9, 2026",
            *hours,
            "2.0 contact hours | hours (English)",
            f"{name} | Nurse | License RN 884213 (TX)",
            "December 1, 2026",
            "Replaced",
            second.shown_code,
        ],
        [
            "May 1, 2027",
            "title (English) | provider (English)",
            "Certificate of completion",
            name,
            "December 1, 2026",
            "Valid",
            third.shown_code,
        ],
    ]


def test_totals_are_by_kind_without_what_was_replaced_or_revoked(browser, learner):
    three(learner)
    issued(learner, facts=nursing(date(2026, 4, 1), "0.5"), expires_on=date(2026, 4, 2))
    issued(learner, facts=nursing(date(2026, 5, 1)), revoked_at=THEN, revocation_category="error")
    for name in ("Texas", "Ohio"):
        words = {"en": name, "es": name}
        issued(learner, facts=nursing(date(2026, 6, 1), "1", type=CreditType.STATE, name=words, offer=name.lower()))
    assert rows(browser.get(URL), 1) == [
        ["Contact hours", "2", "1.75 contact hours"],
        ["Texas", "1", "1.0 contact hour"],
        ["Ohio", "1", "1.0 contact hour"],
        ["Certificate of completion", "1", "–"],
    ]


@pytest.mark.parametrize(
    "query, years",
    [
        ("", [2025, 2026, 2027]),
        ("?from=2026", [2026, 2027]),
        ("?to=2026", [2025, 2026]),
        ("?from=2026&to=2026", [2026]),
        ("?from=2027&to=2026", [2026, 2027]),
        ("?from=x&to=99999", [2025, 2026, 2027]),
        ("?from=٢٠٢٦&to=", [2025, 2026, 2027]),
        ("?from=2030", []),
    ],
)
def test_years_narrow_the_page_and_the_table_alike(query, years, browser, learner):
    three(learner)
    page = browser.get(URL + query)
    assert [entry.completed_on.year for entry in page.context["listing"].entries] == years
    assert [int(row[0][:4]) for row in table(browser, query)[1:]] == years


def test_years_are_said_and_chosen_without_a_script(browser, learner):
    three(learner)
    page = browser.get(f"{URL}?from=2026&to=2027").content.decode()
    assert "Completed from 2026 to 2027." in page
    assert re.findall(r"<option selected>(\d+)</option>", page) == ["2026", "2027"]
    assert ('action="/en/transcript/?from=2026&amp;to=2027"' in page, 'csv?from=2026&amp;to=2027"' in page) == (
        True,
        True,
    )


def test_table_is_safe_for_spreadsheets(browser, learner):
    found = issued(learner, facts=nursing(provider={"en": "=1+1", "es": "=1+1"}), name="-Ana")
    response = browser.get("/en/transcript/transcript.csv")
    assert response["Content-Disposition"] == 'attachment; filename="transcript.csv"'
    assert table(browser) == [
        HEADINGS,
        [
            "2026-11-22",
            "title (English)",
            "hours (English)",
            "1.25",
            "'-Ana",
            "Nurse",
            "RN 884213 (TX)",
            "'=1+1",
            "P-0000",
            "",
            "2026-12-01",
            "",
            "Valid",
            found.shown_code,
        ],
    ]


def test_words_that_the_language_lacks_carry_their_own(learner, browser):
    credit = nursing(type=CreditType.STATE, name={"en": "Texas"}).credit
    english = sample_facts(demonstration=False, title={"en": "title"}, setting_name={"en": "setting"}, credit=credit)
    issued(learner, facts=english)
    page = browser.get("/es/transcript/").content.decode()
    assert [f'<th scope="row">{words}' in page for words in ('<span lang="en">title', "Texas")] == [True, False]
    assert '<th scope="row" lang="en">Texas' in page


def test_somebody_with_nothing_is_told_so(browser):
    page = browser.get(URL).content.decode()
    assert ("You have no certificate yet." in page, "Make the PDF" in page, "<select" in page) == (True, False, False)


@pytest.mark.parametrize("end", ["", "transcript.csv", "1/", "1/status", "1/transcript.pdf"])
def test_transcript_needs_a_person(end, client):
    assert client.get(URL + end).url == f"/en/sign-in/?next=/en/transcript/{end}"


def test_transcript_costs_the_same_however_long_it_is(browser, learner, django_assert_num_queries):
    three(learner)
    browser.get(URL)
    with django_assert_num_queries(3):  # the session, the person, the certificates
        browser.get(URL)
    for day in range(1, 9):
        issued(learner, facts=nursing(date(2026, 7, day)))
    with django_assert_num_queries(3):
        browser.get(URL)


def ordered(browser: Client, query: str = "") -> str:
    return browser.post(URL + query).url


def test_file_is_frozen_drawn_by_a_worker_and_kept_as_issued(browser, learner):
    first, *_others = three(learner)
    waiting = ordered(browser, "?to=2025")
    asked = Transcript.objects.get()
    assert waiting == f"/en/transcript/{asked.pk}/"
    assert browser.get(f"{waiting}status").json() == {"ready": False, "url": ""}
    assert f'data-poll="{waiting}status"' in browser.get(waiting).content.decode()
    Certificate.objects.filter(pk=first.pk).update(revoked_at=THEN, revocation_category="error")
    draw_all()
    url = browser.get(f"{waiting}status").json()["url"]
    response = browser.get(url)
    content = f"%PDF of {asked.pk} signed".encode()
    asked.refresh_from_db()
    assert (url, response.content, asked.digest) == (f"{waiting}transcript.pdf", content, digest(content))
    assert response["Content-Disposition"] == 'inline; filename="transcript.pdf"'
    assert [(entry["code"], entry["status"]) for entry in asked.rows["entries"]] == [(first.shown_code, "valid")]
    assert f'href="{url}"' in browser.get(waiting).content.decode()


def draw_all() -> None:
    for job in Job.objects.filter(kind=transcripts.DRAW):
        transcripts.draw(transcript_id=job.payload["transcript"])


def test_asking_twice_on_a_day_is_asking_once_until_something_changes(browser, learner, monkeypatch):
    three(learner)
    assert len({ordered(browser), ordered(browser)}) == 1
    assert len({ordered(browser), ordered(browser, "?to=2025")}) == 2
    issued(learner, facts=nursing(date(2026, 7, 1)))
    ordered(browser)
    monkeypatch.setattr(timezone, "localdate", lambda *_when: date(2098, 1, 1))
    ordered(browser)
    assert (Transcript.objects.count(), Job.objects.filter(kind=transcripts.DRAW).count()) == (4, 4)


def test_nothing_is_ordered_where_nothing_was_earned(browser, learner):
    assert (ordered(browser), Transcript.objects.count()) == (URL, 0)
    with pytest.raises(NothingEarned):
        transcripts.order(user=learner, language="en", by=learner)


def test_nobody_reaches_anothers_transcript(browser, learner):
    three(learner)
    url = ordered(browser)
    draw_all()
    other = factories.user("eve@example.org")
    answers = [signed_in(other).get(f"{url}{end}").status_code for end in ("", "status", "transcript.pdf")]
    assert answers == [404, 404, 404]
    with pytest.raises(PermissionDenied):
        transcripts.order(user=learner, language="en", by=other)


def test_drawing_again_after_a_crash_changes_nothing(browser, learner):
    three(learner)
    ordered(browser)
    draw_all()
    drawn = list(Transcript.objects.values())
    draw_all()
    assert list(Transcript.objects.values()) == drawn


def test_second_worker_keeps_no_file(browser, learner, monkeypatch):
    three(learner)
    ordered(browser)
    asked = Transcript.objects.get()

    def overtaken(content: bytes) -> bytes:
        Transcript.objects.filter(pk=asked.pk, drawn_at=None).update(digest="1" * 64, file="first.pdf", drawn_at=THEN)
        return content

    monkeypatch.setattr(signing, "sign", overtaken)
    draw_all()
    asked.refresh_from_db()
    assert (asked.file.name, default_storage.listdir(f"transcripts/{asked.pk:03}/{asked.pk}")[1]) == ("first.pdf", [])


def test_altered_file_is_held_back(browser, learner):
    three(learner)
    url = ordered(browser)
    draw_all()
    path = default_storage.path(Transcript.objects.get().file.name)
    with open(path, "ab") as file:
        file.write(b" ")
    page = browser.get(f"{url}transcript.pdf")
    assert (page.status_code, "We are holding this file back" in page.content.decode()) == (500, True)


def test_file_speaks_the_language_in_which_it_was_asked_for(browser, learner):
    three(learner)
    url = browser.post("/es/transcript/").url
    asked = Transcript.objects.get()
    assert (url, asked.language, asked.rows["entries"][0]["title"]) == (
        f"/es/transcript/{asked.pk}/",
        "es",
        "title (español)",
    )


def test_transcript_day_is_the_day_of_asking(learner):
    three(learner)
    asked = transcripts.order(user=learner, language="en", by=learner)
    assert timezone.localdate(asked.asked_at) == timezone.localdate()
