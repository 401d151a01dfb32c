"""A whole module's papers again: resumable, one failure stops no other, and learners' own papers go in between.

A reissue runs in lanes. Each lane is one job that does a few certificates and is then ordered again for the next few:
so whatever a learner orders meanwhile waits for one batch at most, and a killed worker never doubles a lane.
"""

import logging
from datetime import timedelta

from django.db import OperationalError, transaction
from django.db.models import Count, F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.models import User
from accounts.permissions import May, require
from certificates import mails, signing
from certificates.choices import ItemState, ReissueKind
from certificates.drawing import TEMPLATE
from certificates.errors import AuthorityDown, CreditChanged, NotActive, ReissueUnderWay
from certificates.models import ACTIVE, Certificate, Reissue, ReissueItem, ReportingData
from certificates.reports import in_force
from certificates.services.crediting import with_credit_of
from certificates.services.pictures import draw
from certificates.services.succeeding import papers_of, replace
from certificates.signing import KeyRefused
from courses.models import Module, Release
from jobs.services import order_again

logger = logging.getLogger(__name__)

KIND = "certificates.reissue"
LANES = 2  # workers that a reissue keeps busy
BATCH = 5  # certificates, about half a second of work
# A successor's papers are drawn right away; the jobs that order them only catch what a killed worker left.
CATCH_UP = timedelta(minutes=15)

BROKEN = gettext_noop("Something went wrong. The log of the site says what.")


@transaction.atomic
def begin(*, module: Module, kind: str, reason: str, by: User | None, release: Release | None = None) -> Reissue:
    """Lists the certificates in force and starts. `release` is where a replacement takes its credit from.

    `by` is None for whoever runs the server. Raises PermissionDenied, ReissueUnderWay.
    """
    _require(by)
    Module.objects.select_for_update().get(pk=module.pk)
    if under_way(module):
        raise ReissueUnderWay
    reissue = Reissue.objects.create(module=module, kind=kind, reason=reason, by=by, release=release)
    certificates = in_force(module).order_by("pk").values_list("pk", flat=True)
    items = (ReissueItem(reissue=reissue, certificate_id=pk) for pk in certificates.iterator())
    ReissueItem.objects.bulk_create(items, batch_size=1000)
    _order_lanes(reissue)
    return reissue


def under_way(module: Module) -> Reissue | None:
    open_ones = Reissue.objects.filter(module=module, stopped_at=None, items__state=ItemState.PENDING)
    return open_ones.order_by("pk").first()


def progress(reissue: Reissue) -> dict[str, int]:
    """State → how many items."""
    return dict(reissue.items.order_by().values_list("state").annotate(Count("pk")))


@transaction.atomic
def stop(*, reissue: Reissue, by: User | None) -> None:
    """What was done stays done; a batch under way is finished."""
    _require(by)
    Reissue.objects.filter(pk=reissue.pk, stopped_at=None).update(stopped_at=timezone.now())


@transaction.atomic
def retry_failed(*, reissue: Reissue, by: User | None) -> None:
    """Those that failed once more; one that was stopped goes on. Raises PermissionDenied, ReissueUnderWay."""
    _require(by)
    Module.objects.select_for_update().get(pk=reissue.module_id)
    if (other := under_way(reissue.module)) and other != reissue:
        raise ReissueUnderWay
    reissue.items.filter(state=ItemState.FAILED).update(state=ItemState.PENDING, error="", done_at=None)
    Reissue.objects.filter(pk=reissue.pk).update(stopped_at=None)
    _order_lanes(reissue)


def work(*, reissue_id: int, lane: int) -> None:
    """One batch of a lane. A worker that is killed leaves its items waiting, and the job brings them up again."""
    reissue = Reissue.objects.select_related("release").get(pk=reissue_id)
    if reissue.stopped_at:
        return
    for item in _waiting(reissue, lane)[:BATCH]:
        _do(reissue, item)
    if _waiting(reissue, lane).exists():
        _order(reissue, lane)


def _waiting(reissue: Reissue, lane: int) -> QuerySet[ReissueItem]:
    waiting = reissue.items.filter(state=ItemState.PENDING).alias(lane=F("pk") % LANES)
    return waiting.filter(lane=lane).select_related("certificate").order_by("pk")


def _do(reissue: Reissue, item: ReissueItem) -> None:
    try:
        if reissue.kind == ReissueKind.REDRAW:
            _redraw(item)
        else:
            _replace(reissue, item)
    except NotActive:
        _follow(item)
    except CreditChanged as change:
        _end(item, ItemState.FAILED, change.reason)
    except (OperationalError, KeyRefused, AuthorityDown):  # no certificate's fault: it waits for the job's next try
        raise
    except Exception:  # one certificate's trouble must not stop the others
        logger.exception("Certificate %s of reissue %s failed", item.certificate_id, reissue.pk)
        _end(item, ItemState.FAILED, BROKEN)


def _end(item: ReissueItem, state: ItemState, error: str = "") -> bool:
    """False when another worker has done it meanwhile."""
    pending = ReissueItem.objects.filter(pk=item.pk, state=ItemState.PENDING)
    return pending.update(state=state, error=error, done_at=timezone.now()) == 1


def _follow(item: ReissueItem) -> None:
    """To the successor of a certificate that was corrected meanwhile; without one there is nothing left to do."""
    gone = item.certificate
    successor = Certificate.objects.filter(ACTIVE, completion=gone.completion_id, offer=gone.offer, erased_at=None)
    if (found := successor.first()) is None:
        _end(item, ItemState.SKIPPED)
    else:
        ReissueItem.objects.filter(pk=item.pk, state=ItemState.PENDING).update(certificate=found)


def _redraw(item: ReissueItem) -> None:
    """The papers the certificate has, by the present template and key. Drawing twice is drawing once."""
    certificate = item.certificate
    if not Certificate.objects.filter(ACTIVE, pk=certificate.pk, erased_at=None).exists():
        raise NotActive
    present = certificate.drawings.filter(template=TEMPLATE, key_id=signing.key_id(), lost_at=None)
    due = papers_of(certificate) - set(present.values_list("language", flat=True))
    for language in sorted(due):
        draw(certificate_id=certificate.pk, language=language)
    _end(item, ItemState.DONE if due else ItemState.SKIPPED)


def _replace(reissue: Reissue, item: ReissueItem) -> None:
    certificate = item.certificate
    is_reported = ReportingData.objects.filter(certificate=certificate).exists()
    facts = with_credit_of(reissue.release.content, certificate.document, certificate.locale, is_reported=is_reported)
    with transaction.atomic():
        if not _end(item, ItemState.DONE):
            return
        successor = replace(
            certificate=certificate,
            facts=facts,
            printed_name=certificate.printed_name,
            by=reissue.by,
            note=reissue.reason,
            papers_after=CATCH_UP,
        )
        mails.corrected(successor)
    for language in sorted(papers_of(certificate)):
        draw(certificate_id=successor.pk, language=language)


def _order_lanes(reissue: Reissue) -> None:
    for lane in range(LANES):
        _order(reissue, lane)


def _order(reissue: Reissue, lane: int) -> None:
    payload = {"reissue": reissue.pk, "lane": lane}
    order_again(kind=KIND, payload=payload, key=f"{KIND}:{reissue.pk}:{lane}")


def _require(by: User | None) -> None:
    if by is not None:
        require(by, May.REISSUE_CERTIFICATES)
