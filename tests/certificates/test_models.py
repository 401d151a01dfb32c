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


def another(issued: Certificate, **fields) -> Certificate:
    same = {name: getattr(issued, name) for name in ("completion", "offer", "locale", "facts", "issued_by")}
    return Certificate(**same | {"printed_name": "Ana"} | fields)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "first, refused",
    [({}, True), ({"replaced_at": THEN}, False), (REVOKED, False), ({"expires_on": date(2020, 1, 1)}, True)],
)
def test_completion_has_one_active_certificate_an_offer(first, refused):
    issued = factories.certificate(**first)
    second = another(issued)
    if refused:
        with pytest.raises(IntegrityError), transaction.atomic():
            second.save()
    else:
        second.save()
    assert Certificate.objects.count() == (1 if refused else 2)


@pytest.mark.django_db
def test_completion_may_have_a_certificate_of_each_offer():
    another(factories.certificate(), offer="nursing").save()
    assert Certificate.objects.count() == 2


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
@pytest.mark.parametrize("link", ["replaces", "renews"])
def test_certificate_cannot_follow_itself(link):
    issued = factories.certificate()
    number = issued.pk + 1
    with pytest.raises(IntegrityError), transaction.atomic():
        another(issued, pk=number, offer="nursing", **{f"{link}_id": number}).save(force_insert=True)


@pytest.mark.django_db
def test_paper_is_drawn_once_a_language_template_and_key():
    issued = factories.certificate()
    paper = {"certificate": issued, "language": "en", "template": 1, "key_id": "a1"}
    Drawing.objects.create(**paper, digest="a", file="a.pdf")
    Drawing.objects.create(**paper | {"key_id": "b2"}, digest="b", file="b.pdf")
    with pytest.raises(IntegrityError), transaction.atomic():
        Drawing.objects.create(**paper, digest="c", file="c.pdf")
