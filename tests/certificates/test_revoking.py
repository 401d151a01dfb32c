from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import RoleGrant, User
from certificates.choices import Act, RequestState, RevocationCategory, Status
from certificates.document import License
from certificates.errors import NotActive
from certificates.models import Certificate, CertificateEvent, CorrectionRequest
from certificates.services.corrections import ask
from certificates.services.issuing import issue
from certificates.services.revoking import revoke
from jobs.models import Mail
from tests import factories
from tests.certificates.factories import certificate

pytestmark = pytest.mark.django_db

NOTE = "The manager wrote that somebody else took the test."


@pytest.fixture
def administrator() -> User:
    person = factories.user("administrator@example.org")
    RoleGrant.objects.create(user=person, role="administrator")
    return person


def revoked(issued: Certificate, by: User) -> Certificate:
    revoke(certificate=issued, category=RevocationCategory.INTEGRITY, note=NOTE, by=by)
    return issued


@pytest.mark.parametrize("language", ["en", "es"])
def test_e6_revoking_shows_at_the_next_check_with_its_category_and_without_its_note(language, client, administrator):
    """E6: a revocation takes effect on the next check; the category is public, the note is private."""
    issued = certificate()
    pages = [
        f"/{language}/verify/{issued.shown_code}/",
        reverse("interop:certificate", args=[issued.code]),
    ]
    before = [client.get(page, headers={"accept-language": language}).content.decode() for page in pages]
    revoked(issued, administrator)
    after = [client.get(page, headers={"accept-language": language}).content.decode() for page in pages]
    assert ["evocado" in page or "evoked" in page for page in (before[0], after[0])] == [False, True]
    assert ['"revoked"' in page for page in (before[1], after[1])] == [False, True]
    reason = {"en": "The training was not completed as required.", "es": "no se completó"}[language]
    assert [reason in page for page in (before[0], after[0])] == [False, True]
    assert ['"integrity"' in page for page in (before[1], after[1])] == [False, True]
    assert not any("manager" in page or administrator.email in page for page in after)


def test_revocation_is_told_in_the_trail_and_by_a_neutral_mail(administrator):
    issued = revoked(certificate(), administrator)
    event = CertificateEvent.objects.get(act=Act.REVOKED)
    assert (event.certificate, event.by, event.note) == (issued, administrator, NOTE)
    mail = Mail.objects.get()
    assert (mail.recipient, mail.subject) == ("nurse@example.org", "About one of your certificates")
    assert not any(word in mail.body for word in (issued.shown_code, issued.printed_name, "manager", "completed"))


def test_open_request_for_correction_is_closed_with_it(administrator):
    issued = certificate()
    holder = issued.completion.enrolment.user
    ask(certificate=issued, printed_name="Other Name", license=License(), reason="x", by=holder)
    revoked(issued, administrator)
    request = CorrectionRequest.objects.get()
    assert (request.state, request.decided_by, request.answer) == (RequestState.REFUSED, administrator, "")


@pytest.mark.parametrize("role", ["", "author", "translator", "reviewer", "publisher", "support"])
def test_only_administrators_revoke(role):
    other = factories.user("other@example.org")
    if role:
        RoleGrant.objects.create(user=other, role=role, scope="es" if role == "translator" else "")
    issued = certificate()
    with pytest.raises(PermissionDenied):
        revoked(issued, other)
    assert (Certificate.objects.get().revoked_at, Mail.objects.count()) == (None, 0)


def test_revoked_stays_revoked_and_its_holder_gets_no_other_for_the_same_completion(administrator):
    issued = revoked(certificate(), administrator)
    holder = issued.completion.enrolment.user
    again = issue(completion=issued.completion, offer="completion", printed_name="Ana", by=holder)
    assert (again, Certificate.objects.count()) == (issued, 1)
    with pytest.raises(NotActive):
        revoke(certificate=issued, category=RevocationCategory.REQUEST, note="again", by=administrator)
    row = Certificate.objects.get()
    assert (row.revocation_category, row.revocation_note, row.status(row.revoked_at.date())) == (
        RevocationCategory.INTEGRITY,
        NOTE,
        Status.REVOKED,
    )


@pytest.mark.parametrize("column", ["replaced_at", "erased_at"])
def test_what_is_no_longer_in_force_is_not_revoked(column, administrator):
    issued = certificate(**{column: datetime(2026, 11, 23, tzinfo=UTC)})
    with pytest.raises(NotActive):
        revoked(issued, administrator)
    assert Certificate.objects.get().revoked_at is None


@pytest.mark.parametrize("note", ["", "  \n"])
def test_revocation_says_why(note, administrator):
    issued = certificate()
    with pytest.raises(ValueError, match="says why"):
        revoke(certificate=issued, category=RevocationCategory.ERROR, note=note, by=administrator)
    assert Certificate.objects.get().revoked_at is None


def test_expired_certificate_can_be_revoked(administrator):
    issued = certificate(expires_on=datetime(2020, 1, 1, tzinfo=UTC).date())
    assert revoked(issued, administrator).status(datetime(2026, 1, 1, tzinfo=UTC).date()) == Status.REVOKED
