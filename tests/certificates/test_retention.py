from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Thread

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.services import close_account
from certificates import drawing, files, signing, transcript_drawing
from certificates.choices import Act
from certificates.errors import NotActive
from certificates.models import Certificate, CertificateEvent, CorrectionRequest, Drawing, ReportingData, Transcript
from certificates.services import pictures, retention, transcripts
from certificates.services.succeeding import replace
from certificates.services.trail import record
from jobs import services as jobs
from jobs.models import Job
from learning.models import Completion
from lms.checks import certificates_are_kept_long_enough
from tests import factories
from tests.certificates.records import THEN, file_of, issued, nursing

pytestmark = pytest.mark.django_db
# Issued on 1 December 2026, so the first day after seven whole years:
LAST_DAY, NEXT_DAY = datetime(2033, 12, 1, 15, tzinfo=UTC), datetime(2033, 12, 2, 15, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch) -> list[datetime]:
    now = [NEXT_DAY]
    monkeypatch.setattr(timezone, "now", lambda: now[0])
    return now


@pytest.fixture
def learner() -> User:
    return factories.user("ana@example.org")


def close(user: User) -> None:
    close_account(user=user, by=user)


def full(learner: User, **fields) -> Certificate:
    """With everything that may hang on a certificate."""
    found = issued(learner, facts=nursing(), **fields)
    drawing = file_of(found)
    default_storage.save(drawing.file.name, ContentFile(b"%PDF"))
    default_storage.save(drawing.file.name.replace("en.pdf", "left-by-a-worker.pdf"), ContentFile(b"%PDF"))
    ReportingData.objects.create(certificate=found, nabp_id="12345", birthday="0309")
    CorrectionRequest.objects.create(certificate=found, printed_name="Ana", reason="A private matter", asked_by=learner)
    record(found, Act.ISSUED, by=learner)
    record(found, Act.REFUSED, by=learner, note="A private matter")
    return found


def kept() -> dict:
    models = (Drawing, ReportingData, CorrectionRequest, Transcript)
    return {model.__name__: model.objects.count() for model in models}


def test_certificate_of_a_closed_account_is_erased_when_its_retention_ends(learner, clock):
    found = full(learner, revoked_at=THEN, revocation_category="error", revocation_note="A private matter")
    transcript = Transcript.objects.create(user=learner, language="en", rows={"entries": ["Ana"]})
    default_storage.save(f"transcripts/{transcript.pk:03}/{transcript.pk}/a.pdf", ContentFile(b"%PDF"))
    close(learner)
    assert retention.erase_due() == 1
    found.refresh_from_db()
    assert (found.printed_name, found.facts, found.revocation_note, found.erased_at) == ("", {}, "", NEXT_DAY)
    assert list(CertificateEvent.objects.order_by("pk").values_list("act", "note", "by")) == [
        (Act.ISSUED, "", learner.pk),
        (Act.REFUSED, "", learner.pk),
        (Act.ERASED, "", None),
    ]
    assert kept() == {"Drawing": 0, "ReportingData": 0, "CorrectionRequest": 0, "Transcript": 0}
    folders = (f"certificates/{found.pk}", f"transcripts/{transcript.pk:03}/{transcript.pk}")
    assert [default_storage.listdir(folder)[1] for folder in folders] == [[], []]
    assert Completion.objects.filter(pk=found.completion_id).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("late", ["paper", "transcript"])
def test_worker_that_draws_during_the_erasure_leaves_no_file(late, learner, clock, monkeypatch, settings):
    """Rule: whoever publishes a file waits for the erasure and then drops it (certificates/services/retention.py)."""
    found = full(learner)
    asked = Transcript.objects.create(user=learner, language="en", rows={})
    row, work = {
        "paper": (found, lambda: pictures.draw(certificate_id=found.pk, language="es")),
        "transcript": (asked, lambda: transcripts.draw(transcript_id=asked.pk)),
    }[late]
    close(learner)
    monkeypatch.setattr(drawing, "draw", lambda *_call: b"%PDF drawn late")
    monkeypatch.setattr(transcript_drawing, "draw", lambda *_call: b"%PDF drawn late")
    monkeypatch.setattr(signing, "sign", lambda content: content)

    def draw() -> None:
        try:
            with suppress(NotActive):
                work()
        finally:
            connection.close()

    worker, real = Thread(target=draw), retention.empty

    def empty(folder: str) -> None:
        real(folder)
        if folder == files.folder(row):
            worker.start()
            worker.join(timeout=1)

    monkeypatch.setattr(retention, "empty", empty)
    monkeypatch.setattr(transcripts, "empty", empty)
    retention.erase_due()
    worker.join(timeout=30)
    assert [str(file) for file in Path(settings.MEDIA_ROOT).rglob("*.pdf")] == []


def test_erased_code_is_answered_like_an_unknown_one(learner, clock, client):
    found = full(learner)
    close(learner)
    before = client.get(f"/en/verify/{found.shown_code}/").status_code
    retention.erase_due()
    pages = [client.get(f"/en/verify/{code}/") for code in (found.shown_code, "x")]
    program = client.get(f"/api/v1/certificates/{found.code}/")
    assert (before, [page.status_code for page in pages], program.status_code) == (200, [404, 404], 404)
    assert pages[0].content == pages[1].content


def test_erased_certificate_is_on_no_page_of_whoever_held_it(learner, client):
    """Rule: it is answered like one that was never issued, also where others lead to it (certificates/queries.py)."""
    old = issued(learner, at=datetime(2020, 1, 1, tzinfo=UTC))
    gone = replace(certificate=old, facts=old.document, printed_name="Ana Luz", by=None, note="")
    Certificate.objects.filter(pk=gone.pk).update(printed_name="", facts={}, erased_at=THEN)
    client.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
    own = ("certificate", "status", "print", "correction", "renew", "last-day")
    answers = [client.get(reverse(f"certificates:{name}", args=[gone.shown_code])).status_code for name in own]
    assert answers == [404] * len(own)
    pages = [
        reverse("learning:training"),
        reverse("certificates:transcript"),
        reverse("certificates:transcript-table", args=["transcript"]),
        reverse("certificates:name-of", args=["basics", old.completion.enrolment_id]),
        *(reverse(f"certificates:{name}", args=[old.shown_code]) for name in ("certificate", "verified")),
    ]
    shown = [client.get(page, follow=True) for page in pages]
    assert [(page.status_code, gone.shown_code in page.content.decode()) for page in shown] == [(200, False)] * 6


def everything_of(certificate: Certificate) -> list:
    """Its rows, and the files of its papers."""
    rows = (Drawing, ReportingData, CorrectionRequest, CertificateEvent)
    found = [list(model.objects.filter(certificate=certificate).order_by("pk").values()) for model in rows]
    files = [default_storage.exists(drawing.file.name) for drawing in certificate.drawings.all()]
    return [Certificate.objects.filter(pk=certificate.pk).values().get(), found, files]


def test_nothing_of_anybody_elses_and_nothing_before_its_time_is_erased(learner, clock):
    other = factories.user("bea@example.org")
    kept_ones = [full(other, revoked_at=THEN, revocation_category="error", revocation_note="Another private matter")]
    kept_ones += [full(learner, at=NEXT_DAY)]
    theirs = Transcript.objects.create(user=other, language="en", rows={"entries": ["Bea"]})
    before = [everything_of(certificate) for certificate in kept_ones]
    full(learner)
    close(learner)
    assert retention.erase_due() == 1
    assert [everything_of(certificate) for certificate in kept_ones] == before
    assert list(Transcript.objects.all()) == [theirs]


@pytest.mark.parametrize(
    "at, expires_on, erased",
    [
        (LAST_DAY, None, 0),
        (NEXT_DAY, None, 1),
        (NEXT_DAY, date(2026, 12, 1), 1),
        (NEXT_DAY, date(2026, 12, 2), 0),
        (NEXT_DAY, date(2030, 1, 1), 0),
        (datetime(2037, 1, 2, 15, tzinfo=UTC), date(2030, 1, 1), 1),
    ],
)
def test_years_count_from_issue_or_expiry_whichever_is_later(at, expires_on, erased, learner, clock):
    full(learner, expires_on=expires_on)
    clock[0] = at
    close(learner)
    assert (retention.erase_due(), Certificate.objects.exclude(erased_at=None).count()) == (erased, erased)


def test_years_are_the_sites_to_choose(learner, clock, settings):
    settings.CERTIFICATE_RETENTION_YEARS = 8
    full(learner)
    close(learner)
    assert retention.erase_due() == 0
    clock[0] = NEXT_DAY.replace(year=2034)
    assert retention.erase_due() == 1


def test_certificates_of_open_accounts_are_kept_for_ever(learner, clock, client):
    found = full(learner)
    clock[0] = NEXT_DAY.replace(year=2090)
    assert retention.erase_due() == 0
    assert client.get(f"/en/verify/{found.shown_code}/").status_code == 200
    assert kept() == {"Drawing": 1, "ReportingData": 1, "CorrectionRequest": 1, "Transcript": 0}


def test_erasing_again_changes_nothing(learner, clock):
    full(learner)
    close(learner)
    retention.erase_due()
    rows = list(Certificate.objects.values())
    clock[0] = NEXT_DAY.replace(year=2040)
    assert (retention.erase_due(), list(Certificate.objects.values())) == (0, rows)


def test_what_stops_half_way_is_done_the_next_time(learner, clock, monkeypatch):
    full(learner)
    close(learner)

    def broken(*_args, **_options):
        raise RuntimeError

    monkeypatch.setattr(retention, "record", broken)
    with pytest.raises(RuntimeError):
        retention.erase_due()
    assert Certificate.objects.get().printed_name == "María José Núñez"
    monkeypatch.undo()
    monkeypatch.setattr(timezone, "now", lambda: NEXT_DAY)
    assert retention.erase_due() == 1


def test_leap_day_has_a_day_seven_years_before():
    assert [retention._years_before(day, 7) for day in (date(2036, 2, 29), date(2033, 12, 1))] == [
        date(2029, 2, 28),
        date(2026, 12, 1),
    ]


def test_sweep_orders_it_and_a_worker_does_it(learner, clock):
    full(learner)
    close(learner)
    jobs.order_daily()
    jobs.run(job_id=Job.objects.get(kind=retention.ERASE).pk)
    assert Certificate.objects.get().erased_at == NEXT_DAY


def test_command_says_how_many(learner, clock, capsys):
    full(learner)
    close(learner)
    call_command("erase_certificates")
    call_command("erase_certificates")
    assert capsys.readouterr().out.splitlines() == ["1 certificates erased", "0 certificates erased"]


def test_finding_what_is_due_costs_one_query(learner, clock, django_assert_num_queries):
    full(learner)
    with django_assert_num_queries(1):
        retention.erase_due()


@pytest.mark.parametrize("years, ids", [(7, []), (6, []), (5, ["lms.W003"]), (0, ["lms.W003"])])
def test_short_retention_is_warned_of(years, ids, settings):
    settings.CERTIFICATE_RETENTION_YEARS = years
    assert [found.id for found in certificates_are_kept_long_enough()] == ids
