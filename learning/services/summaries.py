"""The summaries again, from the facts alone."""

from django.db import transaction

from learning.models import Enrolment
from learning.progress import summarise
from learning.services.facts import lock


def rebuild_summaries(*, repair: bool) -> tuple[int, list[int]]:
    """How many enrolments were compared, and the ids of those whose summary was not what their facts come to."""
    ids = list(Enrolment.objects.order_by("pk").values_list("pk", flat=True))
    return len(ids), [pk for pk in ids if _differs(pk, repair)]


@transaction.atomic
def _differs(pk: int, repair: bool) -> bool:
    enrolment = lock(Enrolment(pk=pk))
    visits = enrolment.visits.values_list("step", "finished_at")
    facts = summarise((step, finished_at is not None) for step, finished_at in visits)
    if facts == enrolment.facts:
        return False
    if repair:
        enrolment.summary = facts.as_json()
        enrolment.save(update_fields=["summary"])
    return True
