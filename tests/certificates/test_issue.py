from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts.models import Profile
from certificates import codes, document, services
from certificates.models import Certificate
from certificates.names import NameRefused
from courses.models import Module
from jobs.models import Job
from tests import factories
from tests.certificates.factories import certificate, completion


def issue(row, name="Ana Ruiz", locale="en"):
    return services.issue(completion=row, printed_name=name, locale=locale, by=row.enrolment.user)


@pytest.mark.django_db
def test_issue_freezes_what_the_paper_says(settings):
    settings.DEMO = True
    issued = issue(completion(setting="school"), name="  Ana   Ruiz ", locale="es")
    assert (issued.printed_name, issued.locale, codes.parse(issued.code)) == ("Ana Ruiz", "es", issued.code)
    assert issued.document == document.Facts(
        module="basics",
        title="title (español)",
        setting="school",
        setting_name="school (español)",
        provider="provider (español)",
        statement="statement (español)",
        minutes=21,
        edition=1,
        completed_on=date(2026, 11, 22),
        demonstration=True,
    )


@pytest.mark.django_db
def test_issue_orders_one_drawing():
    issued = issue(completion())
    issue(issued.completion)
    assert list(Job.objects.values_list("kind", "payload")) == [("certificates.draw", {"certificate": issued.pk})]


@pytest.mark.django_db
def test_issue_twice_returns_same_certificate():
    row = completion()
    assert issue(row, name="Ana Ruiz") == issue(row, name="Somebody Else")
    assert list(Certificate.objects.values_list("printed_name", flat=True)) == ["Ana Ruiz"]


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_get_the_same_certificate():
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


@pytest.mark.django_db
def test_issue_after_the_other_request_won_returns_its_certificate(monkeypatch):
    first = certificate()
    monkeypatch.setattr(services.queries, "newest_of", lambda _completion: None)
    assert issue(first.completion) == first


@pytest.mark.django_db
def test_revoked_certificate_is_not_issued_anew():
    revoked = certificate(revoked_at=datetime(2026, 12, 1, tzinfo=UTC), revocation_category="integrity")
    assert issue(revoked.completion) == revoked


@pytest.mark.django_db
def test_stranger_cannot_issue():
    row = completion()
    with pytest.raises(PermissionDenied):
        services.issue(completion=row, printed_name="Ana", locale="en", by=factories.user("stranger@example.org"))
    assert Certificate.objects.count() == 0


@pytest.mark.django_db
def test_refused_name_issues_nothing():
    row = completion()
    with pytest.raises(NameRefused):
        issue(row, name="Ana 😀")
    assert (Certificate.objects.count(), Job.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_language_without_release_gives_way_to_the_completions():
    row = completion(locale="en", content=factories.document(locales=("en",)))
    issued = issue(row, locale="es")
    assert (issued.locale, issued.document.title) == ("en", "title (English)")


@pytest.mark.django_db
@pytest.mark.parametrize("before, after", [("", "Ana Ruiz"), ("A. Ruiz", "A. Ruiz")])
def test_name_goes_to_the_profile_that_had_none(before, after):
    row = completion()
    Profile.objects.update_or_create(user=row.enrolment.user, defaults={"printed_name": before})
    issue(row, name="Ana Ruiz")
    assert Profile.objects.get().printed_name == after


@pytest.mark.django_db
def test_issued_facts_survive_renaming_and_editing():
    issued = certificate(name="Ana Ruiz")
    before = (issued.printed_name, issued.facts, issued.code)
    Profile.objects.update(printed_name="Ana Ruiz de Paz")
    Module.objects.update(title_en="Another title", provider_en="Another provider")
    issued.refresh_from_db()
    assert (issued.printed_name, issued.facts, issued.code) == before
