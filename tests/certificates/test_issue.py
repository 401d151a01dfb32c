from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts.models import Profile
from certificates import codes, document, queries
from certificates.document import Credit, License
from certificates.errors import DataMissing, DatesImpossible, NotOffered
from certificates.models import Certificate, CertificateEvent, ReportingData
from certificates.names import NameRefused
from certificates.services import issuing
from certificates.services.issuing import Held
from courses.choices import CreditType
from courses.credit import Bar
from courses.models import Module
from jobs.models import Job
from tests import factories
from tests.certificates.factories import COMPLETED_AT, certificate, completion, offer

NOBODY = Held()
NURSE = Held(profession="nurse", license=License(number="RN 884213", state="TX"))
PHARMACIST = Held(profession="pharmacist", nabp_id="123456", birthday="0229")
DRAW = "certificates.draw"


def issue(row, name="Ana Ruiz", key="completion", held=NOBODY, **fields):
    return issuing.issue(completion=row, offer=key, printed_name=name, by=row.enrolment.user, held=held, **fields)


def content(*offers, **fields):
    return factories.document(offers=offers, **fields)


@pytest.mark.django_db
def test_issue_freezes_what_the_paper_says(settings):
    settings.DEMO = True
    issued = issue(completion(setting="school", locale="es"), name="  Ana   Ruiz ")
    assert (issued.printed_name, issued.locale, codes.parse(issued.code)) == ("Ana Ruiz", "es", issued.code)
    assert issued.document == document.Facts(
        module="basics",
        title=factories.words("title"),
        setting="school",
        setting_name=factories.words("school"),
        minutes=21,
        edition=1,
        completed_on=date(2026, 11, 22),
        credit=Credit(
            offer="completion",
            type=CreditType.COMPLETION,
            provider=factories.words("provider"),
            statement=factories.words("statement"),
        ),
        demonstration=True,
    )


@pytest.mark.django_db
def test_issue_orders_one_drawing_in_the_language_asked_for():
    issued = issue(completion(), paper="both")
    issue(issued.completion)
    drawings = Job.objects.filter(kind=DRAW).values_list("payload", flat=True)
    assert list(drawings) == [{"certificate": issued.pk, "language": "both"}]


@pytest.mark.django_db
def test_e1_issue_twice_returns_the_same_number():
    """Protects: a completion has one certificate an offer (certificates/services/issuing.py `issue`); another offer of

    the same completion has its own.
    """
    row = completion(content=content(offer()))
    first, again = issue(row, name="Ana Ruiz"), issue(row, name="Somebody Else")
    nursing = issue(row, key="nursing", held=NURSE)
    assert (first.code, nursing == first) == (again.code, False)
    assert list(Certificate.objects.order_by("pk").values_list("offer", "printed_name")) == [
        ("completion", "Ana Ruiz"),
        ("nursing", "Ana Ruiz"),
    ]


@pytest.mark.django_db(transaction=True)
def test_e1_two_requests_at_once_get_the_same_certificate():
    """Protects: the constraint that a completion has one active certificate an offer decides between two requests."""
    row, together, issued = completion(), Barrier(2), []

    def request() -> None:
        together.wait()
        issued.append(issue(row).code)
        connection.close()

    threads = [Thread(target=request) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert issued == [Certificate.objects.get().code] * 2


@pytest.mark.django_db(transaction=True)
def test_two_completions_claimed_at_once_renew_one_certificate():
    """Rule: a holder's claims wait for each other, so that the later one sees what is renewed (services/issuing.py)."""
    release, learner = factories.release(content(offer(valid_months=12))), factories.user()
    rows = [completion(learner, release=release, at=COMPLETED_AT + timedelta(hours=hours)) for hours in range(3)]
    first, together = issue(rows[0], key="nursing", held=NURSE), Barrier(2)

    def request(row) -> None:
        together.wait()
        try:
            issue(row, key="nursing", held=NURSE)
        finally:
            connection.close()

    threads = [Thread(target=request, args=[row]) for row in rows[1:]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (Certificate.objects.count(), Certificate.objects.filter(renews=first).count()) == (3, 1)


@pytest.mark.django_db
def test_e1_issue_after_the_other_request_won_returns_its_certificate(monkeypatch):
    """Protects: the later of two requests returns the row of the earlier one, though it saw none before it wrote."""
    first = certificate()
    monkeypatch.setattr(queries, "newest_of", lambda _completion, _offer: None)
    assert issue(first.completion) == first


@pytest.mark.django_db
@pytest.mark.parametrize(
    "held, key, credit, profession",
    [
        (NURSE, "nursing", (CreditType.CONTACT_HOURS, "1.25"), "nurse"),
        (PHARMACIST, "pharmacy", (CreditType.ACPE, "0.75"), "pharmacist"),
    ],
)
def test_e10_type_and_hours_follow_the_profession(held, key, credit, profession):
    """Protects: an offer is issued to the professions it names, and to no other (courses/credit.py `bars`)."""
    pharmacy = offer("pharmacy", type="acpe", amount="0.75", professions=("pharmacist",), needs_license=False)
    offers = {"nursing": offer(), "pharmacy": pharmacy}
    row = completion(content=content(*offers.values()))
    issued = issue(row, key=key, held=held)
    facts = issued.document
    assert (facts.credit.type, str(facts.credit.amount), facts.profession) == (*credit, profession)
    (other,) = set(offers) - {key}
    with pytest.raises(NotOffered) as refusal:
        issue(row, key=other, held=held)
    assert (refusal.value.bars, Certificate.objects.count()) == ((Bar.PROFESSION,), 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields, locale, bar",
    [
        ({"languages": ("en",)}, "es", Bar.LANGUAGE),
        ({"starts_on": date(2026, 11, 23)}, "en", Bar.NOT_BEGUN),
        ({"ends_on": date(2026, 11, 21)}, "en", Bar.ENDED),
    ],
)
def test_what_an_offer_does_not_cover_is_not_issued(fields, locale, bar):
    row = completion(locale=locale, content=content(offer(**fields)))
    with pytest.raises(NotOffered) as refusal:
        issue(row, key="nursing", held=NURSE)
    assert (refusal.value.bars, Certificate.objects.count()) == ((bar,), 0)


@pytest.mark.django_db
def test_offer_that_the_edition_does_not_have_is_not_issued():
    with pytest.raises(NotOffered) as refusal:
        issue(completion(), key="nursing", held=NURSE)
    assert (refusal.value.bars, Certificate.objects.count()) == ((), 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields, held, missing",
    [
        ({}, Held(profession="nurse"), ("license_number", "license_state")),
        ({"type": "acpe", "needs_license": False, "needs_nabp": True}, Held("nurse"), ("nabp_id", "birthday")),
    ],
)
def test_credit_without_the_data_it_needs_is_not_issued(fields, held, missing):
    row = completion(content=content(offer(**fields)))
    with pytest.raises(DataMissing) as refusal:
        issue(row, key="nursing", held=held)
    assert (refusal.value.names, Certificate.objects.count()) == (missing, 0)


@pytest.mark.django_db
def test_only_what_the_offer_needs_is_kept():
    plain = certificate(held=Held("pharmacist", NURSE.license, "123456", "0229"))
    assert (plain.document.license, plain.document.profession, ReportingData.objects.count()) == (License(), "", 0)


@pytest.mark.django_db
def test_reporting_data_is_kept_apart_from_the_facts():
    pharmacy = offer("acpe", type="acpe", professions=("pharmacist",), needs_license=False, needs_nabp=True)
    issued = certificate(content=content(pharmacy), offer="acpe", held=PHARMACIST)
    told = ReportingData.objects.values_list("certificate", "nabp_id", "birthday")
    assert (list(told), "123456" in str(issued.facts)) == ([(issued.pk, "123456", "0229")], False)


@pytest.mark.django_db
@pytest.mark.parametrize("at", [datetime(2025, 12, 31, 12, tzinfo=UTC), datetime(2090, 1, 1, tzinfo=UTC)])
def test_impossible_dates_issue_nothing(at):
    row = completion(at=at)
    with pytest.raises(DatesImpossible):
        issue(row)
    assert Certificate.objects.count() == 0


@pytest.mark.django_db
def test_revoked_certificate_is_not_issued_anew():
    revoked = certificate(revoked_at=datetime(2026, 12, 1, tzinfo=UTC), revocation_category="integrity")
    assert issue(revoked.completion) == revoked


@pytest.mark.django_db
def test_stranger_cannot_issue():
    row = completion()
    stranger = factories.user("stranger@example.org")
    with pytest.raises(PermissionDenied):
        issuing.issue(completion=row, offer="completion", printed_name="Ana", by=stranger)
    assert Certificate.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Ana 😀", "A" * 10_000, "Ana \u202ezuiR"])
def test_refused_name_issues_nothing(name):
    row = completion()
    with pytest.raises(NameRefused):
        issue(row, name=name)
    assert (Certificate.objects.count(), Job.objects.count()) == (0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("before, after", [("", "Ana Ruiz"), ("A. Ruiz", "A. Ruiz")])
def test_name_goes_to_the_profile_that_had_none(before, after):
    row = completion()
    Profile.objects.update_or_create(user=row.enrolment.user, defaults={"printed_name": before})
    issue(row, name="Ana Ruiz")
    assert Profile.objects.get().printed_name == after


@pytest.mark.django_db
@pytest.mark.parametrize("before, after", [("", "nurse"), ("school-nurse", "school-nurse")])
def test_profession_goes_to_the_profile_that_had_none(before, after):
    row = completion()
    Profile.objects.update_or_create(user=row.enrolment.user, defaults={"profession": before})
    issue(row, held=Held("nurse"))
    assert Profile.objects.get().profession == after


@pytest.mark.django_db
def test_issued_facts_survive_renaming_and_editing():
    issued = certificate(name="Ana Ruiz")
    before = (issued.printed_name, issued.facts, issued.code)
    Profile.objects.update(printed_name="Ana Ruiz de Paz")
    Module.objects.update(title_en="Another title", provider_en="Another provider")
    issued.refresh_from_db()
    assert (issued.printed_name, issued.facts, issued.code) == before


@pytest.mark.django_db
def test_issuing_is_told_by_the_trail():
    issued = certificate()
    told = CertificateEvent.objects.values_list("certificate", "act", "by")
    assert list(told) == [(issued.pk, "issued", issued.issued_by_id)]
