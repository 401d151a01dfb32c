"""How far a reissue is, and what went wrong."""

from typing import Any

from django.utils.translation import gettext

from certificates.choices import ItemState
from certificates.models import Reissue, ReissueItem
from certificates.services import reissuing
from studio.presenting.certificate import url_of

Context = dict[str, Any]


def listed(row: Reissue) -> Context:
    return {
        "pk": row.pk,
        "kind": row.get_kind_display(),
        "edition": row.release.number if row.release else None,
        "reason": row.reason,
        "by": row.by.email if row.by else "",
        "at": row.at,
        "stopped_at": row.stopped_at,
    }


def progress(row: Reissue) -> Context:
    counts = reissuing.progress(row)
    total = sum(counts.values())
    waiting = counts.get(ItemState.PENDING, 0)
    return {
        "total": total,
        "handled": total - waiting,
        "percent": 100 * (total - waiting) // total if total else 100,
        "states": [{"label": state.label, "count": counts.get(state, 0)} for state in ItemState],
        "failed": counts.get(ItemState.FAILED, 0),
        "goes_on": bool(waiting) and row.stopped_at is None,
        "can_go_on": bool(waiting) and row.stopped_at is not None,
    }


def failure(item: ReissueItem) -> Context:
    return {
        "code": item.certificate.shown_code,
        "url": url_of(item.certificate),
        "name": item.certificate.printed_name,
        "error": gettext(item.error),
        "at": item.done_at,
    }
