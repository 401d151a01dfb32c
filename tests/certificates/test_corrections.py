"""Another name or license on a certificate: asked for by its holder, decided by support."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import Profile, RoleGrant, User
from certificates import drawing, signing
from certificates.choices import Act, RequestState, Status
from certificates.document import License
from certificates.errors import AlreadyAsked, AlreadyDecided, DataMissing, NotActive, NothingToCorrect
from certificates.files import as_issued
from certificates.licenses import LicenseRefused
from certificates.models import Certificate, CertificateEvent, CorrectionRequest, Drawing, ReportingData
from certificates.names import NameRefused
from certificates.services.corrections import approve, ask, correct, refuse, withdraw
from certificates.services.issuing import Held
from certificates.services.pictures import draw
from jobs.models import Job, Mail
from tests import factories
from tests.certificates.factories import certificate, drawn, offer

pytestmark = pytest.mark.django_db

RIGHT = "María José Núñez Ibáñez"
HELD = License(number="RN 884213", state="TX")


@pytest.fixture(autouse=True)
def _light_files(monkeypatch) -> None:
    """What is drawn says whose it is, which is all that is looked at here."""
    monkeypatch.setattr(drawing, "draw", lambda issued, language: f"{issued.printed_name} {language}".encode())
    monkeypatch.setattr(signing, "sign", lambda content: content)


@pytest.fixture
def helper() -> User:
    person = factories.user("support@example.org")
    RoleGrant.objects.create(user=person, role="support")
    return person


def holder(issued: Certificate) -> User:
    return issued.completion.enrolment.user


def asked(issued: Certificate, **fields) -> CorrectionRequest:
    values = {"printed_name": RIGHT, "license": License(), "reason": "A letter is missing.", "by": holder(issued)}
    return ask(certificate=issued, **{**values, **fields})


def licensed() -> Certificate:
    content = factories.document(offers=(offer(),))
    held = Held(profession="nurse", license=HELD)
    return certificate(content=content, offer="nursing", held=held)


def trail(issued: Certificate) -> list[tuple]:
    rows = CertificateEvent.objects.filter(certificate=issued).select_related("by", "other")
    return [(row.act, row.by and row.by.email, row.note, row.other and row.other.code) for row in rows]


def mails() -> list[tuple[str, str]]:
    return [(mail.recipient, mail.subject) for mail in Mail.objects.order_by("pk")]


def test_e2_renaming_the_account_alters_nothing_and_an_approved_correction_issues_a_linked_successor(client, helper):
    """E2: what was issued never changes; an approved correction is another certificate, and the old code says so."""
    old = drawn()
    learner, paper = holder(old), old.drawings.get()
    before = (Certificate.objects.values().get(), Drawing.objects.values().get(), as_issued(paper))
    User.objects.filter(pk=learner.pk).update(email="married@example.org")
    Profile.objects.filter(user=learner).update(printed_name=RIGHT)
    public = client.get(reverse("certificates:verified", args=[old.shown_code])).content.decode()
    assert ("María José Núñez" in public, RIGHT in public) == (True, False)
    again = draw(certificate_id=old.pk, language="en")
    assert before == (Certificate.objects.values().get(), Drawing.objects.values().get(), as_issued(again))

    new = approve(request=asked(old), by=helper)
    draw(certificate_id=new.pk, language="en")
    old.refresh_from_db()
    assert (old.printed_name, new.printed_name, new.facts) == ("María José Núñez", RIGHT, old.facts)
    assert (old.replaced_by, new.replaces, new.code != old.code) == (new, old, True)
    today = datetime.now(UTC).date()
    assert (old.status(today), new.status(today)) == (Status.REPLACED, Status.VALID)
    assert as_issued(Drawing.objects.get(certificate=old)) == before[2]
    page = client.get(reverse("certificates:verified", args=[old.shown_code])).content.decode()
    assert (f"{old.replaced_at:%Y}" in page, "eplaced" in page) == (True, True)


def test_approval_is_told_in_both_trails_and_by_mail_with_nothing_of_what_it_is_about(helper):
    old = certificate()
    request = asked(old)
    new = approve(request=request, by=helper, answer="With pleasure.")
    asker = holder(old).email
    assert trail(old) == [
        (Act.ISSUED, asker, "", None),
        (Act.ASKED, asker, "A letter is missing.", None),
        (Act.REPLACED, helper.email, "A letter is missing.", new.code),
    ]
    assert trail(new) == [(Act.ISSUED, helper.email, "A letter is missing.", old.code)]
    assert mails() == [(asker, "Your new certificate is ready")]
    assert (request.state, request.decided_by, request.answer) == (RequestState.APPROVED, helper, "With pleasure.")
    assert request.decided_at is not None
    assert Job.objects.filter(kind="certificates.draw", payload={"certificate": new.pk, "language": "en"}).exists()


def test_correction_changes_name_and_license_and_nothing_else(helper):
    old = licensed()
    ReportingData.objects.create(certificate=old, nabp_id="12345", birthday="0309")
    right = License(number="RN 884214", state="OK")
    new = approve(request=asked(old, license=right), by=helper)
    assert (new.reporting.nabp_id, new.reporting.birthday) == ("12345", "0309")
    assert new.facts == {**old.facts, "license": {"number": "RN 884214", "state": "OK"}}
    same = ("completion_id", "offer", "locale", "expires_on")
    assert [getattr(new, name) for name in same] == [getattr(old, name) for name in same]


def test_license_alone_can_be_corrected_and_whoever_has_none_gets_none(helper):
    old = licensed()
    request = asked(old, printed_name=old.printed_name, license=License(number="  rn‑1 ", state="OK"))
    assert (request.license_number, request.license_state) == ("rn-1", "OK")
    plain = certificate(factories.user("plain@example.org"), content=factories.document(key="plain"))
    assert asked(plain, license=HELD).license_number == ""


def test_license_of_a_credit_that_needs_one_cannot_be_emptied():
    with pytest.raises(DataMissing) as refusal:
        asked(licensed(), license=License(number="RN 1"))
    assert refusal.value.names == ("license_state",)


def test_refusal_answers_the_learner_and_leaves_the_certificate(helper):
    old = certificate()
    request = asked(old)
    refuse(request=request, by=helper, answer="Please send a copy of your license.")
    assert (request.state, request.answer) == (RequestState.REFUSED, "Please send a copy of your license.")
    assert trail(old)[-1] == (Act.REFUSED, helper.email, "Please send a copy of your license.", None)
    assert mails() == [(holder(old).email, "An answer to your request")]
    assert Certificate.objects.get().replaced_at is None


def test_support_corrects_unasked_with_a_reason(helper):
    old = certificate()
    new = correct(certificate=old, printed_name=RIGHT, license=License(), reason="She telephoned.", by=helper)
    assert (new.printed_name, trail(old)[-1]) == (RIGHT, (Act.REPLACED, helper.email, "She telephoned.", new.code))
    assert mails() == [(holder(old).email, "Your new certificate is ready")]


def test_support_decides_what_was_asked_before_correcting_by_itself(helper):
    old = certificate()
    asked(old)
    with pytest.raises(AlreadyAsked):
        correct(certificate=old, printed_name="Other Name", license=License(), reason="x", by=helper)
    assert Certificate.objects.count() == 1


@pytest.mark.parametrize("verb", [approve, refuse])
@pytest.mark.parametrize("role", ["", "author", "publisher"])
def test_only_support_decides(verb, role):
    request = asked(certificate())
    other = factories.user("other@example.org")
    if role:
        RoleGrant.objects.create(user=other, role=role)
    with pytest.raises(PermissionDenied):
        verb(request=request, by=other, answer="")
    request.refresh_from_db()
    assert (request.state, Certificate.objects.count(), mails()) == (RequestState.OPEN, 1, [])


def test_nobody_corrects_their_own_certificate_unasked():
    old = certificate()
    with pytest.raises(PermissionDenied):
        correct(certificate=old, printed_name=RIGHT, license=License(), reason="mine", by=holder(old))
    assert Certificate.objects.count() == 1


def test_only_the_holder_asks_and_only_the_asker_withdraws(helper):
    old = certificate()
    with pytest.raises(PermissionDenied):
        asked(old, by=helper)
    request = asked(old)
    with pytest.raises(PermissionDenied):
        withdraw(request=request, by=helper)
    withdraw(request=request, by=holder(old))
    assert (request.state, request.decided_by) == (RequestState.WITHDRAWN, holder(old))
    assert trail(old)[-1] == (Act.WITHDRAWN, holder(old).email, "", None)
    assert asked(old).state == RequestState.OPEN


def test_one_correction_waits_at_a_time():
    old = certificate()
    asked(old)
    with pytest.raises(AlreadyAsked):
        asked(old, printed_name="Another Name")
    assert CorrectionRequest.objects.count() == 1


@pytest.mark.parametrize("name", ["María José Núñez", "  Mari\u0301a José   Núñez "])
def test_asking_for_what_it_says_is_told(name):
    with pytest.raises(NothingToCorrect):
        asked(certificate(), printed_name=name)


@pytest.mark.parametrize("name", ["", "x" * 10_000, "Ana\u202eanA", "123"])
def test_name_that_cannot_be_printed_is_refused(name):
    with pytest.raises(NameRefused):
        asked(certificate(), printed_name=name)
    assert not CorrectionRequest.objects.exists()


@pytest.mark.parametrize("number", ["x" * 10_000, "RN\u202e884", "RN\u200b884", "RN\0", "护士"])
def test_license_that_cannot_be_printed_is_refused(number):
    with pytest.raises(LicenseRefused):
        asked(licensed(), license=License(number=number, state="TX"))
    assert not CorrectionRequest.objects.exists()


@pytest.mark.parametrize("column", ["replaced_at", "revoked_at", "erased_at"])
def test_what_is_no_longer_in_force_is_not_corrected(column, helper):
    later = {column: datetime(2026, 11, 23, tzinfo=UTC)}
    if column == "revoked_at":
        later["revocation_category"] = "error"
    old = certificate(**later)
    with pytest.raises(NotActive):
        asked(old)
    with pytest.raises(NotActive):
        correct(certificate=old, printed_name=RIGHT, license=License(), reason="x", by=helper)


@pytest.mark.parametrize("second", ["approve", "refuse", "withdraw"])
@pytest.mark.parametrize("first", ["approve", "refuse", "withdraw"])
def test_of_two_decisions_the_first_stands(first, second, helper):
    old = certificate()
    asked(old)
    stale = [CorrectionRequest.objects.get() for _page in range(2)]
    verbs = {
        "approve": lambda request: approve(request=request, by=helper),
        "refuse": lambda request: refuse(request=request, by=helper, answer="No."),
        "withdraw": lambda request: withdraw(request=request, by=holder(old)),
    }
    verbs[first](stale[0])
    told = (Certificate.objects.count(), trail(old), mails(), CorrectionRequest.objects.values().get())
    with pytest.raises(AlreadyDecided):
        verbs[second](stale[1])
    assert (Certificate.objects.count(), trail(old), mails(), CorrectionRequest.objects.values().get()) == told


def test_request_whose_certificate_was_replaced_meanwhile_stays_open(helper):
    old = certificate()
    request = asked(old)
    Certificate.objects.filter(pk=old.pk).update(replaced_at=datetime(2026, 11, 23, tzinfo=UTC))
    with pytest.raises(NotActive):
        approve(request=request, by=helper)
    assert CorrectionRequest.objects.get().state == RequestState.OPEN


def test_nobody_decides_on_a_certificate_of_their_own(helper):
    own = certificate(helper, name="Ana Ruiz")
    request = ask(certificate=own, printed_name=RIGHT, license=License(), reason="Married.", by=helper)
    for wrong in (
        lambda: approve(request=request, by=helper),
        lambda: correct(certificate=own, printed_name=RIGHT, license=License(), reason="Married.", by=helper),
    ):
        with pytest.raises(PermissionDenied):
            wrong()
    assert (Certificate.objects.count(), CorrectionRequest.objects.get().state) == (1, RequestState.OPEN)
