"""One attempt more than the edition allows."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import RoleGrant
from learning.errors import AlreadyComplete, GrantNotNeeded, NoAttemptsLeft
from learning.models import Attempt, AttemptGrant, Enrolment
from learning.reports import Standing, with_standing
from learning.services.attempts import start_attempt
from learning.services.enrolments import move_to_release
from learning.services.grants import grant_attempt
from tests import factories
from tests.learning.test_query_counts import queries

pytestmark = pytest.mark.django_db
TEST = "/en/learn/basics/steps/final-test/"


@pytest.fixture
def helper():
    person = factories.user("support@example.org")
    RoleGrant.objects.create(user=person, role="support")
    return person


def before_the_final_test(**fields) -> Enrolment:
    row = factories.enrolment(
        by=factories.user(f"nurse-{fields.get('key')}@example.org"), content=factories.document(**fields)
    )
    while row.progress.next.key != "final-test":
        row = factories.finish(row, row.progress.next.key)
    return row


@pytest.fixture
def stuck() -> Enrolment:
    """Both allowed attempts at the final test are used, and not passed."""
    row = before_the_final_test(attempts_allowed=2)
    for _time in range(2):
        factories.hand_in(row, right=False)
    return Enrolment.objects.get(pk=row.pk)


def grant(row: Enrolment, by, stage: str = "post") -> AttemptGrant:
    return grant_attempt(enrolment=row, stage=stage, reason="the power failed", by=by)


def standing(row: Enrolment) -> str:
    return with_standing(Enrolment.objects.filter(pk=row.pk)).get().standing


def start(row: Enrolment) -> Attempt:
    return start_attempt(enrolment=row, step=row.content.step("final-test"), locale="en", by=row.user)


def test_granted_attempt_is_one_more_and_says_how_many_were_allowed(stuck, helper):
    with pytest.raises(NoAttemptsLeft):
        start(stuck)
    grant(stuck, helper)
    attempt = start(stuck)
    assert (attempt.number, attempt.attempts_allowed) == (3, 3)
    factories.hand_in(stuck, right=False)
    with pytest.raises(NoAttemptsLeft):
        start(stuck)
    kept = AttemptGrant.objects.values("enrolment", "stage", "reason", "by")
    assert list(kept) == [
        {"enrolment": stuck.pk, "stage": "post", "reason": "the power failed", "by": helper.pk},
    ]


def test_granted_attempt_passed_completes_the_module(stuck, helper):
    grant(stuck, helper)
    factories.hand_in(stuck, right=True)
    assert factories.finish_all(Enrolment.objects.get(pk=stuck.pk)).completed_at


def test_second_grant_waits_until_the_first_is_used(stuck, helper):
    grant(stuck, helper)
    with pytest.raises(GrantNotNeeded):
        grant(stuck, helper)
    start(stuck)
    with pytest.raises(GrantNotNeeded):
        grant(stuck, helper)
    factories.hand_in(stuck, right=False)
    grant(stuck, helper)
    assert AttemptGrant.objects.count() == 2


@pytest.mark.parametrize("allowed", [None, 2])
def test_grant_is_refused_while_attempts_are_left(allowed, helper):
    row = factories.enrolment(content=factories.document(attempts_allowed=allowed))
    with pytest.raises(GrantNotNeeded):
        grant(row, helper)


def test_grant_at_the_first_test_is_refused_since_it_is_never_failed(stuck, helper):
    with pytest.raises(GrantNotNeeded):
        grant(stuck, helper, stage="pre")


def test_grant_to_somebody_who_passed_is_refused(helper):
    row = factories.enrolment(content=factories.document(attempts_allowed=1))
    while row.progress.next.key != "survey":
        row = factories.finish(row, row.progress.next.key)
    with pytest.raises(GrantNotNeeded):
        grant(row, helper)
    with pytest.raises(AlreadyComplete):
        grant(factories.finish_all(row), helper)


@pytest.mark.parametrize("role, scope", [("author", ""), ("publisher", ""), ("translator", "es"), ("reviewer", "")])
def test_grant_by_somebody_who_may_not_help_is_refused(role, scope, stuck):
    person = factories.user("else@example.org")
    RoleGrant.objects.create(user=person, role=role, scope=scope)
    for by in (person, stuck.user):
        with pytest.raises(PermissionDenied):
            grant(stuck, by)
    assert not AttemptGrant.objects.exists()


def test_explanations_are_shown_after_the_last_attempt_and_hidden_again_by_a_grant(stuck, helper, client):
    client.force_login(stuck.user)
    explained = ["explanation b1 (English)" in client.get(f"{TEST}2/result/").content.decode()]
    grant(stuck, helper)
    page = client.get(f"{TEST}2/result/").content.decode()
    explained.append("explanation" in page)
    assert (explained, "Try again" in page) == ([True, False], True)


def test_page_of_the_test_says_that_one_more_was_granted(stuck, helper, client):
    client.force_login(stuck.user)
    said = "1 of them was granted by the support team"
    before = client.get(TEST).content.decode()
    assert (said in before, "2 attempts are allowed" in before, "You have used every attempt" in before) == (
        False,
        True,
        True,
    )
    grant(stuck, helper)
    after = client.get(TEST).content.decode()
    assert (said in after, "3 attempts are allowed" in after, "You have used every attempt" in after) == (
        True,
        True,
        False,
    )


def test_standing_says_when_a_grant_is_of_use(stuck, helper):
    """The list's rule in the database and the service's own agree at every turn."""
    seen = [standing(stuck)]
    grant(stuck, helper)
    seen.append(standing(stuck))
    start(stuck)
    seen.append(standing(stuck))
    factories.hand_in(stuck, right=False)
    seen.append(standing(stuck))
    grant(stuck, helper)
    factories.hand_in(stuck)
    seen.append(standing(stuck))
    factories.finish_all(Enrolment.objects.get(pk=stuck.pk))
    seen.append(standing(stuck))
    out, on = Standing.OUT_OF_ATTEMPTS, Standing.IN_PROGRESS
    assert seen == [out, on, on, out, on, Standing.COMPLETED]


def test_edition_with_more_attempts_lets_a_stuck_learner_go_on(stuck):
    more = factories.release(factories.document(attempts_allowed=3), number=2)
    move_to_release(enrolment=stuck, release=more, locale="en", by=stuck.user)
    assert standing(stuck) == Standing.IN_PROGRESS
    assert start(Enrolment.objects.get(pk=stuck.pk)).attempts_allowed == 3


def test_standing_of_somebody_who_opened_nothing_is_not_begun():
    assert standing(factories.enrolment()) == Standing.NOT_BEGUN


def test_limit_of_attempts_costs_the_page_of_the_test_one_query(client):
    def cost(allowed: int | None) -> int:
        row = before_the_final_test(key=f"m{allowed}", attempts_allowed=allowed)
        client.force_login(row.user)
        page = TEST.replace("basics", f"m{allowed}")
        client.get(page)
        return len(queries(lambda: client.get(page)))

    assert cost(3) == cost(None) + 1
