from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from certificates.choices import Status
from certificates.models import Certificate, Drawing
from tests.certificates import factories

THEN = datetime(2026, 12, 1, tzinfo=UTC)
REVOKED = {"revoked_at": THEN, "revocation_category": "error"}
TODAY = date(2027, 1, 15)


@pytest.mark.parametrize(
    "fields, status",
    [
        ({}, Status.VALID),
        ({"expires_on": TODAY}, Status.VALID),
        ({"expires_on": date(2027, 1, 14)}, Status.EXPIRED),
        ({"replaced_at": THEN}, Status.REPLACED),
        ({"replaced_at": THEN, "expires_on": date(2026, 12, 2)}, Status.REPLACED),
        (REVOKED, Status.REVOKED),
        (REVOKED | {"replaced_at": THEN}, Status.REVOKED),
    ],
)
def test_status_follows_from_the_columns(fields, status):
    assert Certificate(**fields).status(TODAY) == status


@pytest.mark.django_db
@pytest.mark.parametrize(
    "first, refused",
    [({}, True), ({"replaced_at": THEN}, False), (REVOKED, False), ({"expires_on": date(2020, 1, 1)}, True)],
)
def test_completion_has_one_active_certificate(first, refused):
    issued = factories.certificate(**first)
    second = Certificate(
        completion=issued.completion, printed_name="Ana", locale="en", facts=issued.facts, issued_by=issued.issued_by
    )
    if refused:
        with pytest.raises(IntegrityError), transaction.atomic():
            second.save()
    else:
        second.save()
    assert Certificate.objects.count() == (1 if refused else 2)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"revoked_at": THEN},
        {"revocation_category": "error"},
        {"revocation_note": "private"},
        REVOKED | {"revocation_category": "unheard-of"},
        {"locale": "fr"},
    ],
)
def test_contradictory_columns_are_refused(change):
    issued = factories.certificate()
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=issued.pk).update(**change)


@pytest.mark.django_db
def test_certificate_cannot_replace_itself():
    issued = factories.certificate()
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=issued.pk).update(replaces=issued.pk)


@pytest.mark.django_db
def test_template_is_drawn_once_a_language():
    issued = factories.certificate()
    Drawing.objects.create(certificate=issued, language="en", template=1, digest="a", file="a.pdf")
    with pytest.raises(IntegrityError), transaction.atomic():
        Drawing.objects.create(certificate=issued, language="en", template=1, digest="b", file="b.pdf")
