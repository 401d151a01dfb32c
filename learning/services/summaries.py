"""The summaries again, from the facts alone."""

from django.db import transaction

from learning.models import Completion, Enrolment
from learning.progress import summarise
from learning.services.facts import lock


def rebuild_summaries(*, repair: bool) -> tuple[int, list[int]]:
    """How many enrolments were compared, and the ids of those whose columns were not what their facts come to."""
    ids = list(Enrolment.objects.order_by("pk").values_list("pk", flat=True))
    return len(ids), [pk for pk in ids if _differs(pk, repair)]


@transaction.atomic
def _differs(pk: int, repair: bool) -> bool:
    enrolment = lock(Enrolment(pk=pk))
    visits = enrolment.visits.values_list("step", "finished_at")
    facts = summarise((step, finished_at is not None) for step, finished_at in visits)
    completed_at = Completion.objects.filter(enrolment=enrolment).values_list("at", flat=True).first()
    if (facts, completed_at) == (enrolment.facts, enrolment.completed_at):
        return False
    if repair:
        enrolment.summary, enrolment.completed_at = facts.as_json(), completed_at
        enrolment.save(update_fields=["summary", "completed_at"])
    return True
