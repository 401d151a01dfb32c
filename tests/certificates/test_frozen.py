"""What was issued and what its trail tells: whoever bypasses the models meets the database."""

from datetime import UTC, date, datetime
from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from certificates import document
from certificates.choices import Act
from certificates.models import Certificate, CertificateEvent, Drawing, TrailIsFrozen, Transcript
from certificates.services.trail import record
from tests import factories
from tests.certificates.factories import certificate

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued() -> Certificate:
    return certificate(name="Ana Ruiz")


def sql(statement: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize(
    "column, value",
    [
        ("printed_name", "Somebody Else"),
        ("code", "2" * 17),
        ("offer", "nursing"),
        ("locale", "es"),
        ("facts", "{}"),
        ("issued_at", datetime(2020, 1, 1, tzinfo=UTC)),
        ("expires_on", date(2099, 1, 1)),
    ],
)
def test_issued_facts_cannot_be_changed_even_by_sql(issued, column, value):
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        sql(f"UPDATE certificates_certificate SET {column} = %s WHERE id = %s", value, issued.pk)


def test_facts_are_wiped_with_the_mark_that_says_so_and_only_once(issued):
    rows = Certificate.objects.filter(pk=issued.pk)
    rows.update(printed_name="", facts={}, erased_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(printed_name="Somebody Else")


@pytest.mark.parametrize("kept", [{"printed_name": "Ana"}, {"facts": {"module": "other"}}, {"code": "2" * 17}])
def test_facts_are_wiped_to_nothing_or_not_at_all(issued, kept):
    wiped = {"printed_name": "", "facts": {}, "erased_at": timezone.now()}
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Certificate.objects.filter(pk=issued.pk).update(**{**wiped, **kept})


def test_what_befalls_a_certificate_later_can_be_written(issued):
    assert Certificate.objects.filter(pk=issued.pk).update(replaced_at=timezone.now()) == 1


@pytest.mark.parametrize("change", [{"revocation_category": "request"}, {"revocation_note": "another"}])
def test_reason_of_a_revocation_stays(issued, change):
    rows = Certificate.objects.filter(pk=issued.pk)
    rows.update(revoked_at=timezone.now(), revocation_category="error", revocation_note="private")
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        rows.update(**change)
    assert rows.update(revocation_note="") == 1


@pytest.mark.parametrize(
    "change", [{"digest": "1" * 64}, {"file": "other.pdf"}, {"key_id": "other"}, {"template": 9}, {"language": "es"}]
)
def test_paper_stays_what_it_was(issued, change):
    paper = Drawing.objects.create(
        certificate=issued, language="en", template=1, key_id="k", digest="0" * 64, file="paper.pdf"
    )
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Drawing.objects.filter(pk=paper.pk).update(**change)


def test_paper_that_was_lost_is_not_found_again(issued):
    paper = Drawing.objects.create(
        certificate=issued, language="en", template=1, key_id="k", digest="0" * 64, file="paper.pdf"
    )
    rows = Drawing.objects.filter(pk=paper.pk)
    rows.update(lost_at=timezone.now())
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        rows.update(lost_at=None)


@pytest.mark.parametrize("change", [{"rows": []}, {"digest": "1" * 64}, {"drawn_at": None, "digest": "", "file": ""}])
def test_transcript_stays_what_it_was(change):
    asked = Transcript.objects.create(
        user=factories.user(),
        language="en",
        rows=[{"name": "Ana"}],
        digest="0" * 64,
        file="a.pdf",
        drawn_at=timezone.now(),
    )
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Transcript.objects.filter(pk=asked.pk).update(**change)


@pytest.mark.parametrize(
    "befell", [{"replaced_at": datetime(2026, 12, 1, tzinfo=UTC)}, {"revoked_at": datetime(2026, 12, 1, tzinfo=UTC)}]
)
def test_ended_certificate_never_becomes_valid_again(issued, befell):
    rows = Certificate.objects.filter(pk=issued.pk)
    rows.update(**befell, revocation_category="error" if "revoked_at" in befell else "")
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        rows.update(**dict.fromkeys(befell), revocation_category="")


def test_trail_refuses_to_change_or_forget(issued):
    event = record(issued, Act.REFUSED, by=factories.user("support@example.org"), note="private")
    for wrong in (event.save, event.delete, CertificateEvent.objects.all().delete):
        with pytest.raises(TrailIsFrozen):
            wrong()
    with pytest.raises(TrailIsFrozen):
        CertificateEvent.objects.update(act=Act.REVOKED)


@pytest.mark.parametrize("change", ["act = 'revoked'", "note = 'another'", "by_id = NULL", "at = '2020-01-01'"])
def test_trail_cannot_be_changed_even_by_sql(issued, change):
    event = record(issued, Act.REFUSED, by=factories.user("support@example.org"), note="private")
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        sql(f"UPDATE certificates_certificateevent SET {change} WHERE id = %s", event.pk)


def test_private_notes_of_the_trail_can_be_wiped(issued):
    event = record(issued, Act.REFUSED, by=None, note="private")
    sql("UPDATE certificates_certificateevent SET note = '' WHERE id = %s", event.pk)
    assert CertificateEvent.objects.get(pk=event.pk).note == ""


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps no trigger against deleting")
@pytest.mark.parametrize("table", ["certificateevent", "certificate"])
def test_nothing_can_be_deleted_even_by_sql(issued, table):
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        sql(f"DELETE FROM certificates_{table}")


def test_certificate_of_the_first_version_reads_as_one_of_today():
    migration = import_module("certificates.migrations.0003_facts_in_every_language")
    old = {
        "module": "basics",
        "title": "Lo básico",
        "setting": "clinic",
        "setting_name": "Clínica",
        "provider": "SOAR",
        "statement": "Sin crédito.",
        "format": "online-self-paced",
        "minutes": 50,
        "edition": 3,
        "completed_on": "2026-11-22",
        "demonstration": True,
    }
    assert document.decode(migration._today(old, "es")) == document.Facts(
        module="basics",
        edition=3,
        title={"es": "Lo básico"},
        setting="clinic",
        setting_name={"es": "Clínica"},
        minutes=50,
        completed_on=date(2026, 11, 22),
        credit=document.Credit(
            offer="completion", type="completion", provider={"es": "SOAR"}, statement={"es": "Sin crédito."}
        ),
        demonstration=True,
    )
