"""Help from the support team that changes what a learner may do."""

from django.db import transaction

from accounts.models import User
from accounts.permissions import May, require
from courses.choices import Stage
from learning.errors import AlreadyComplete, GrantNotNeeded
from learning.models import AttemptGrant, Enrolment
from learning.queries import attempts_allowed, attempts_at
from learning.services.facts import lock


@transaction.atomic
def grant_attempt(*, enrolment: Enrolment, stage: Stage, reason: str, by: User) -> AttemptGrant:
    """One attempt more than are allowed now, for a learner who has used them all without passing.

    Of two grants at once the second finds an attempt to be started, and is refused.
    Raises PermissionDenied, AlreadyComplete, GrantNotNeeded.
    """
    require(by, May.HELP_LEARNERS)
    enrolment = lock(enrolment)
    if enrolment.completed_at:
        raise AlreadyComplete
    if not _is_stuck(enrolment, stage):
        raise GrantNotNeeded
    return AttemptGrant.objects.create(enrolment=enrolment, stage=stage, reason=reason, by=by)


def _is_stuck(enrolment: Enrolment, stage: Stage) -> bool:
    attempts, allowed = attempts_at(enrolment, stage), attempts_allowed(enrolment, stage)
    over = all(attempt.submitted_at and not attempt.passed for attempt in attempts)
    return allowed is not None and over and len(attempts) >= allowed
