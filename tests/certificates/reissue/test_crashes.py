"""A reissue ends well whatever happens to its workers, and lets learners through."""

from unittest.mock import Mock

import pytest
from django.db import OperationalError
from django.utils import timezone

from certificates import drawing
from certificates.choices import ItemState
from certificates.errors import AuthorityDown
from certificates.models import Certificate, Drawing, ReissueItem
from certificates.services import pictures, reissuing
from certificates.services.issuing import issue
from certificates.services.reissuing import retry_failed
from certificates.signing import KeyRefused
from courses.models import Release
from jobs import services as jobs
from jobs.models import Job
from tests import factories
from tests.certificates.factories import completion
from tests.certificates.reissue.steps import corrected, counts, redraw, swap

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("_new_template")
def test_e9_bulk_reissue_is_resumable_and_one_failure_stops_no_other(held, module, monkeypatch):
    """Rule: each certificate of a reissue is an item of its own; what was done stays done, what failed is told."""
    broken, real = held[3].pk, drawing.draw

    def draw(issued, language):
        if issued.pk == broken:
            raise OSError("no font")
        return real(issued, language)

    monkeypatch.setattr(drawing, "draw", draw)
    reissue = redraw(module)
    jobs.drain()
    assert counts(reissue) == {"done": 6, "failed": 1}
    monkeypatch.setattr(drawing, "draw", real)
    retry_failed(reissue=reissue, by=None)
    jobs.drain()
    assert (counts(reissue), Drawing.objects.filter(template=drawing.TEMPLATE).count()) == ({"done": 7}, 7)


@pytest.mark.usefixtures("_new_template")
def test_worker_killed_in_the_middle_leaves_the_rest_to_the_next(held, module, monkeypatch):
    drawn, real = [], drawing.draw

    def draw(issued, language):
        if len(drawn) == 2:
            raise KeyboardInterrupt  # what no handler catches
        drawn.append(issued.pk)
        return real(issued, language)

    reissue = redraw(module)
    monkeypatch.setattr(drawing, "draw", draw)
    with pytest.raises(KeyboardInterrupt):
        jobs.drain()
    assert counts(reissue) == {"done": 2, "pending": 5}
    monkeypatch.setattr(drawing, "draw", real)
    Job.objects.filter(state="running").update(lease_until=timezone.now())
    jobs.sweep()
    Job.objects.update(run_after=timezone.now())
    jobs.drain()
    assert (counts(reissue), Drawing.objects.filter(template=drawing.TEMPLATE).count()) == ({"done": 7}, 7)


@pytest.mark.usefixtures("_new_template")
def test_worker_killed_between_two_batches_does_not_double_its_lane(held, module, monkeypatch):
    """Rule: a lane is one job, which is ordered again and never copied (jobs/services.py `order_again`)."""
    monkeypatch.setattr(reissuing, "BATCH", 1)
    reissue = redraw(module)
    lane = Job.objects.filter(kind=reissuing.KIND).earliest("pk")
    for _ in range(2):
        reissuing.work(reissue_id=reissue.pk, lane=lane.payload["lane"])  # and nobody finishes the job
    assert Job.objects.filter(kind=reissuing.KIND).count() == reissuing.LANES
    jobs.drain()
    assert (counts(reissue), Job.objects.filter(kind=reissuing.KIND).count()) == ({"done": 7}, reissuing.LANES)


@pytest.mark.usefixtures("_new_template")
def test_trying_again_while_lanes_run_adds_none(held, module, administrator, monkeypatch):
    reissue = redraw(module)
    real = reissuing._redraw

    def press_once_more(item):
        retry_failed(reissue=reissue, by=administrator)
        real(item)

    monkeypatch.setattr(reissuing, "_redraw", press_once_more)
    jobs.drain()
    assert (counts(reissue), Job.objects.filter(kind=reissuing.KIND).count()) == ({"done": 7}, reissuing.LANES)


@pytest.mark.usefixtures("_new_template")
@pytest.mark.parametrize(
    "trouble",
    [OperationalError("server closed the connection"), KeyRefused("expired"), AuthorityDown("no answer")],
)
def test_what_is_no_certificates_fault_fails_none(trouble, held, module, monkeypatch):
    """Rule: an item fails for a reason of its own; without database, key or authority the job is tried again."""
    monkeypatch.setattr(reissuing, "draw", Mock(side_effect=trouble))
    reissue = redraw(module)
    jobs.drain()
    assert counts(reissue) == {"pending": 7}
    monkeypatch.setattr(reissuing, "draw", pictures.draw)
    Job.objects.update(run_after=timezone.now())
    jobs.drain()
    assert counts(reissue) == {"done": 7}


def test_two_workers_at_one_item_make_one_successor(held, module, new_accreditor):
    reissue = swap(module, new_accreditor)
    item = ReissueItem.objects.select_related("certificate").first()
    for _ in range(2):
        reissuing._do(reissue, item)
    assert Certificate.objects.filter(replaces=item.certificate).count() == 1


@pytest.mark.parametrize("state", [ItemState.DONE, ItemState.SKIPPED, ItemState.FAILED])
@pytest.mark.parametrize("is_corrected", [False, True])
def test_worker_that_comes_late_changes_nothing_of_an_item_that_has_ended(
    is_corrected, state, held, module, new_accreditor
):
    """Rule: an item ends once, and tells of the certificate that it ended with (`_end`, `_follow`)."""
    reissue = swap(module, new_accreditor)
    item = reissue.items.select_related("certificate").first()
    reissue.items.filter(pk=item.pk).update(state=state)
    if is_corrected:
        corrected(item.certificate)
    before = (list(ReissueItem.objects.values()), list(Certificate.objects.values()))
    reissuing._do(reissue, item)
    assert (list(ReissueItem.objects.values()), list(Certificate.objects.values())) == before


@pytest.mark.usefixtures("_new_template")
def test_late_worker_leads_no_item_that_has_ended_to_a_successor(held, module):
    reissue = redraw(module)
    item = reissue.items.select_related("certificate").first()
    reissue.items.filter(pk=item.pk).update(state=ItemState.DONE)
    corrected(item.certificate)
    reissuing._do(reissue, item)
    assert ReissueItem.objects.values_list("certificate", "state").get(pk=item.pk) == (held[0].pk, ItemState.DONE)


def test_successors_paper_that_fails_is_caught_up_on_and_nothing_is_replaced_twice(
    held, module, new_accreditor, monkeypatch
):
    """Rule: what is replaced is done, whatever befalls its paper, which has a job of its own (`_end`, `CATCH_UP`)."""
    successors = Certificate.objects.exclude(replaces=None)
    papers = Drawing.objects.filter(certificate__in=successors)
    monkeypatch.setattr(reissuing, "draw", Mock(side_effect=OSError("disk full")))
    reissue = swap(module, new_accreditor)
    jobs.drain()
    assert (counts(reissue), successors.count(), papers.count()) == ({"done": 7}, 7, 0)
    retry_failed(reissue=reissue, by=None)
    Job.objects.update(run_after=timezone.now())
    jobs.drain()
    assert (counts(reissue), successors.count(), papers.count()) == ({"done": 7}, 7, 7)


@pytest.mark.usefixtures("_new_template")
def test_each_lane_is_one_job_and_does_its_own_items_alone(held, module):
    """Rule: a reissue keeps two workers busy, and they never meet at one certificate (`LANES`)."""
    reissue = redraw(module)
    ordered = Job.objects.filter(kind=reissuing.KIND).order_by("pk").values_list("payload", flat=True)
    assert list(ordered) == [{"reissue": reissue.pk, "lane": 0}, {"reissue": reissue.pk, "lane": 1}]
    reissuing.work(reissue_id=reissue.pk, lane=1)
    done = set(reissue.items.filter(state=ItemState.DONE).values_list("pk", flat=True))
    assert done == {pk for pk in reissue.items.values_list("pk", flat=True) if pk % 2 == 1}


@pytest.mark.usefixtures("_new_template")
def test_learners_paper_waits_for_one_batch_at_most(held, module, monkeypatch):
    """Rule: the next batch is ordered when the one before is done, behind whatever a learner ordered meanwhile."""
    order, real = [], drawing.draw
    monkeypatch.setattr(drawing, "draw", lambda issued, language: order.append(issued.pk) or real(issued, language))
    monkeypatch.setattr(reissuing, "BATCH", 1)
    redraw(module)
    jobs.run(job_id=Job.objects.filter(kind=reissuing.KIND).earliest("pk").pk)
    row = completion(factories.user("new@example.org"), release=Release.objects.get())
    learners = issue(completion=row, offer="completion", printed_name="New", by=row.enrolment.user)
    jobs.drain()
    assert order.index(learners.pk) <= 1 + reissuing.LANES
