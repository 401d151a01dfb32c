"""What was issued and what its trail tells: whoever bypasses the models meets the database."""

from datetime import UTC, date, datetime
from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from certificates import document
from certificates.choices import Act
from certificates.models import Certificate, CertificateEvent, TrailIsFrozen
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


def test_what_befalls_a_certificate_later_can_be_written(issued):
    changed = Certificate.objects.filter(pk=issued.pk).update(replaced_at=timezone.now(), expires_on=date(2030, 1, 1))
    assert changed == 1


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
