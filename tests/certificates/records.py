"""Certificates issued on a day of the test's choosing: what was issued does not change afterwards."""

from datetime import UTC, date, datetime, time

from accounts.models import User
from certificates import document as paper
from certificates.choices import PAPERS
from certificates.document import Facts, License
from certificates.files import digest
from certificates.models import Certificate, Drawing
from courses.choices import CreditType
from courses.models import Release
from learning.models import Completion, Enrolment
from tests import factories
from tests.certificates.factories import sample_credit, sample_facts

THEN = datetime(2026, 12, 1, 15, tzinfo=UTC)


def issued(by=None, *, facts: Facts | None = None, at: datetime = THEN, name: str = "María José Núñez", **fields):
    """One more certificate; `facts` are those of 22 November 2026 unless told."""
    facts = facts or sample_facts(demonstration=False)
    done = completed(by or factories.user(), facts.completed_on)
    values = {"printed_name": name, "locale": "en", "issued_at": at, "issued_by": done.enrolment.user} | fields
    return Certificate.objects.create(completion=done, offer=facts.credit.offer, facts=paper.encode(facts), **values)


def completed(user: User, day: date) -> Completion:
    """However often they have completed the module before."""
    release, at = Release.objects.first() or factories.release(), datetime.combine(day, time(15), UTC)
    enrolment = Enrolment.objects.create(
        user=user,
        module=release.module,
        release=release,
        setting="clinic",
        locale="en",
        pre_form="A",
        completed_at=at,
    )
    row = Completion.objects.create(enrolment=enrolment, release=release, setting="clinic", locale="en", score=90)
    Completion.objects.filter(pk=row.pk).update(at=at)
    row.refresh_from_db()
    return row


def nursing(day: date = date(2026, 11, 22), amount: str | None = "1.25", **credit) -> Facts:
    """Contact hours earned by a nurse with a license."""
    values = {"offer": "nursing", "type": CreditType.CONTACT_HOURS, "amount": amount, "provider_number": "P-0000"}
    return sample_facts(
        completed_on=day,
        credit=paper.msgspec.convert(
            paper.msgspec.to_builtins(sample_credit()) | {"name": factories.words("hours")} | values | credit,
            paper.Credit,
            strict=False,
        ),
        profession="nurse",
        license=License(number="RN 884213", state="TX"),
        demonstration=False,
    )


def file_of(certificate: Certificate, content: bytes = b"%PDF-1.7 as issued", language: str = "en") -> Drawing:
    assert language in dict(PAPERS)
    return Drawing.objects.create(
        certificate=certificate,
        language=language,
        template=1,
        key_id="0" * 16,
        digest=digest(content),
        file=f"certificates/{certificate.pk}/{language}.pdf",
        drawn_at=THEN,
    )
