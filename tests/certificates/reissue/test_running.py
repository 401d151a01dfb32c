"""Who begins a reissue, stops it and lets it go on, in the studio's service and on the command line."""

import time
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from accounts.choices import Role
from accounts.models import RoleGrant
from certificates.choices import ItemState
from certificates.errors import ReissueUnderWay
from certificates.models import ReissueItem
from certificates.services.reissuing import retry_failed, stop
from jobs import services as jobs
from tests import factories
from tests.certificates.reissue.steps import counts, redraw, swap

pytestmark = pytest.mark.django_db


def test_stopped_reissue_goes_no_further_and_goes_on_when_told(held, module, new_accreditor, administrator):
    reissue = swap(module, new_accreditor)
    stop(reissue=reissue, by=administrator)
    jobs.drain()
    assert counts(reissue) == {"pending": 7}
    retry_failed(reissue=reissue, by=administrator)
    jobs.drain()
    assert counts(reissue) == {"done": 7}


@pytest.mark.parametrize("role", [None, Role.SUPPORT, Role.PUBLISHER, Role.AUTHOR])
def test_only_administrators_reissue(held, module, role):
    person = factories.user("somebody@example.org")
    if role:
        RoleGrant.objects.create(user=person, role=role)
    with pytest.raises(PermissionDenied):
        redraw(module, person)
    assert ReissueItem.objects.count() == 0


def test_only_administrators_stop_one_and_let_it_go_on(held, module):
    person, reissue = factories.user("somebody@example.org"), redraw(module)
    RoleGrant.objects.create(user=person, role=Role.SUPPORT)
    with pytest.raises(PermissionDenied):
        stop(reissue=reissue, by=person)
    reissue.items.update(state=ItemState.FAILED)
    with pytest.raises(PermissionDenied):
        retry_failed(reissue=reissue, by=person)
    reissue.refresh_from_db()
    assert (counts(reissue), reissue.stopped_at) == ({"failed": 7}, None)


def test_second_reissue_waits_for_the_first(held, module):
    redraw(module)
    with pytest.raises(ReissueUnderWay):
        redraw(module)
    jobs.drain()
    redraw(module)
    assert module.reissues.count() == 2


def test_stopped_one_does_not_go_on_while_another_is_under_way(held, module):
    first = redraw(module)
    stop(reissue=first, by=None)
    first.refresh_from_db()
    first.items.filter(certificate=held[0]).update(state=ItemState.FAILED)
    redraw(module)
    before = (counts(first), first.stopped_at)
    with pytest.raises(ReissueUnderWay):
        retry_failed(reissue=first, by=None)
    first.refresh_from_db()
    assert (counts(first), first.stopped_at) == before == ({"failed": 1, "pending": 6}, first.stopped_at)


def test_beginning_takes_the_same_queries_for_any_number(held, module, django_assert_max_num_queries):
    with django_assert_max_num_queries(24):
        redraw(module)


def call(*arguments) -> str:
    out = StringIO()
    call_command("reissue", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("_new_template")
def test_command_begins_then_goes_on_with_what_is_begun(held, module):
    first = call(module.key, "--reason", "The seal was misprinted.")
    assert first.endswith("(redraw): 7 pending, 0 done, 0 skipped, 0 failed\n")
    assert call(module.key) == first
    jobs.drain()
    assert module.reissues.get().items.filter(state=ItemState.DONE).count() == 7


def test_command_does_not_wait_for_a_reissue_that_was_stopped(held, module, monkeypatch):
    """Rule: what is stopped keeps its items, and nobody works on them (management/commands/reissue.py)."""
    monkeypatch.setattr(time, "sleep", lambda _seconds: stop(reissue=module.reissues.get(), by=None))
    assert call(module.key, "--reason", "The seal was misprinted.", "--wait").count("7 pending") == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing"],
        ["basics"],
        ["basics", "--reason", "x", "--kind", "replace"],
        ["basics", "--reason", "x", "--release", "1"],
    ],
)
def test_command_refuses_what_it_cannot_do(held, module, arguments):
    with pytest.raises(CommandError):
        call(*arguments)
    assert module.reissues.count() == 0
