"""Doing a module again before its certificate expires."""

from datetime import timedelta
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from certificates.errors import NotActive, NotRenewable
from certificates.models import Certificate, CertificateEvent
from certificates.reminders import expire
from certificates.services.issuing import Held, issue
from certificates.services.renewing import renew
from certificates.services.succeeding import replace
from jobs.models import Mail
from learning.errors import NotOpenForEnrolment, UnknownSetting
from learning.models import Completion, Enrolment
from learning.services.enrolments import begin_again
from tests import factories
from tests.certificates.factories import COMPLETED_AT, certificate, offer

pytestmark = pytest.mark.django_db
NURSE = Held("nurse")


def content(**fields):
    return factories.document(offers=(offer("yearly", valid_months=12, needs_license=False),), **fields)


@pytest.fixture
def learner(client):
    user = factories.user("nurse@example.org", language="es")
    client.force_login(user)
    return user


def expiring(learner, days: int = 30, **fields) -> Certificate:
    last = timezone.localdate() + timedelta(days)
    return certificate(learner, content=content(), offer="yearly", held=NURSE, expires_on=last, **fields)


def address(row: Certificate) -> str:
    return f"/en/certificates/{row.shown_code}/"


def renewed(issued: Certificate, by) -> Certificate:
    return earned(renew(certificate=issued, by=by))


def earned(again: Enrolment) -> Certificate:
    done = factories.finish_all(again).completion
    return issue(completion=done, offer="yearly", printed_name="Ana Ruiz", by=again.user, held=NURSE)


def test_renewing_begins_the_newest_edition_in_the_learners_language_and_keeps_what_was_done(learner):
    issued = expiring(learner)
    newer = factories.release(content(), number=2)
    before = issued.completion.enrolment
    again = renew(certificate=issued, by=learner)
    assert (again.release, again.setting, again.locale, again.completed_at) == (newer, "clinic", "es", None)
    before.refresh_from_db()
    assert (before.completed_at, Completion.objects.get().enrolment) == (COMPLETED_AT, before)


def test_renewing_twice_begins_once(learner):
    issued = expiring(learner)
    assert renew(certificate=issued, by=learner) == renew(certificate=issued, by=learner)
    assert Enrolment.objects.count() == 2


def test_e11_renewal_issues_a_new_number_linked_to_the_old(client, learner):
    """Protects: what is earned again has a number of its own and `renews` the former one (services/issuing.py, with

    queries.renewable_by); both pages say so, and the former one warns nobody any more (queries.is_renewed).
    """
    issued = expiring(learner)
    new = renewed(issued, learner)
    assert (new.renews, new.code == issued.code, issued.status(timezone.localdate())) == (issued, False, "valid")
    told = CertificateEvent.objects.filter(act__in=["issued", "renewed"]).values_list("certificate", "act", "other")
    assert list(told) == [(issued.pk, "issued", None), (new.pk, "issued", issued.pk), (issued.pk, "renewed", new.pk)]
    pages = [client.get(address(row)).content.decode() for row in (issued, new)]
    assert f'It was renewed by <a href="{address(new)}">{new.shown_code}</a>.' in pages[0]
    assert f'It renews <a href="{address(issued)}">{issued.shown_code}</a>.' in pages[1]
    Mail.objects.all().delete()
    expire({"certificate": issued.pk, "days": 30})
    assert not Mail.objects.exists()


def test_corrections_leave_a_renewal_renewed(learner):
    issued = expiring(learner)
    new = renewed(issued, learner)
    fields = {"printed_name": "Ana Gil", "by": learner, "note": ""}
    old, _new = [replace(certificate=row, facts=row.document, **fields) for row in (issued, new)]
    with pytest.raises(NotRenewable):
        renew(certificate=old, by=learner)


def test_third_certificate_renews_the_second_though_the_first_was_corrected_after_it(learner):
    """Rule: what is renewed is the completion before, not the number issued last (certificates/queries.py)."""
    first = expiring(learner)
    second = renewed(first, learner)
    replace(certificate=first, facts=first.document, printed_name="Ana Luz", by=None, note="")
    again = begin_again(user=learner, module_key="basics", setting="clinic", locale="es", by=learner)
    assert earned(again).renews == second


@pytest.mark.parametrize("days, allowed", [(91, False), (90, True), (0, True), (-1, True), (-400, True)])
def test_renewal_is_open_from_90_days_before_the_last_day(learner, days, allowed):
    issued = expiring(learner, days)
    if allowed:
        assert renew(certificate=issued, by=learner).completed_at is None
    else:
        with pytest.raises(NotRenewable):
            renew(certificate=issued, by=learner)


def test_what_does_not_expire_is_not_renewed(learner):
    with pytest.raises(NotRenewable):
        renew(certificate=certificate(learner), by=learner)


@pytest.mark.parametrize(
    "fields",
    [
        {"replaced_at": COMPLETED_AT},
        {"revoked_at": COMPLETED_AT, "revocation_category": "error"},
        {"erased_at": COMPLETED_AT, "facts": {}, "printed_name": ""},
    ],
)
def test_what_has_ended_is_not_renewed(learner, fields):
    with pytest.raises(NotActive):
        renew(certificate=expiring(learner, **fields), by=learner)


def test_stranger_cannot_renew(learner):
    with pytest.raises(PermissionDenied):
        renew(certificate=expiring(learner), by=factories.user("stranger@example.org"))
    assert Enrolment.objects.count() == 1


def test_begin_again_keeps_the_rules_of_beginning(learner):
    issued = expiring(learner)
    fields = {"user": learner, "by": learner, "locale": "en"}
    with pytest.raises(UnknownSetting):
        begin_again(module_key="basics", setting="nowhere", **fields)
    issued.completion.release.events.create(locale="en", kind="withdrawn", reason="Outdated.")
    with pytest.raises(NotOpenForEnrolment):
        begin_again(module_key="basics", setting="clinic", **fields)
    assert Enrolment.objects.count() == 1


def test_page_explains_renewing_and_begins_in_the_setting_chosen(client, learner):
    issued = expiring(learner)
    page = client.get(f"{address(issued)}renew/")
    assert [tile["key"] for tile in page.context["settings"] if tile["checked"]] == ["clinic"]
    answer = client.post(f"{address(issued)}renew/", {"setting": "school"})
    again = Enrolment.objects.get(completed_at=None)
    assert (answer.url, again.setting, again.locale) == ("/en/learn/basics/", "school", "en")


def test_setting_travels_to_the_other_language(client, learner):
    issued = expiring(learner)
    answer = client.post(f"{address(issued)}renew/", {"setting": "school", "switch": "es"})
    tiles = client.get(answer.url).context["settings"]
    assert [tile["key"] for tile in tiles if tile["checked"]] == ["school"]
    assert Enrolment.objects.count() == 1


def test_unknown_setting_is_asked_for_again(client, learner):
    issued = expiring(learner)
    page = client.post(f"{address(issued)}renew/", {"setting": "nowhere"})
    assert (page.status_code, page.context["unchosen"], Enrolment.objects.count()) == (422, True, 1)


def test_module_that_is_closed_meanwhile_says_so(client, learner):
    issued = expiring(learner)
    issued.completion.release.events.create(locale="en", kind="withdrawn", reason="Outdated.")
    for ask in (client.get, client.post):
        page = ask(f"{address(issued)}renew/")
        assert "This module is not open now" in unescape(page.content.decode())


def test_certificate_that_is_not_due_leads_back(client, learner):
    issued = expiring(learner, 200)
    answers = [ask(f"{address(issued)}renew/").url for ask in (client.get, client.post)]
    assert (answers, Enrolment.objects.count()) == ([address(issued)] * 2, 1)


@pytest.mark.parametrize("days, is_due", [(200, False), (30, True), (-5, True)])
def test_own_page_and_training_offer_renewal_when_it_is_due(client, learner, days, is_due):
    issued = expiring(learner, days)
    pages = [client.get(url).content.decode() for url in (address(issued), "/en/training/")]
    assert [f'href="{address(issued)}renew/"' in page for page in pages] == [is_due, is_due]
