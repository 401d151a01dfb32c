"""Taking a branch out of a module: who is on it is said first."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from courses.models import Module
from courses.services.branches import leave_setting
from courses.services.drafts import lock
from learning.errors import LearnersAffected
from learning.queries import learners_on


@transaction.atomic
def close_branch(*, module: Module, setting: str, acknowledged: int, by: AbstractBaseUser) -> None:
    """Takes a professional setting out of the draft; learners on it finish in the edition they have.

    `acknowledged` is the number of learners that was shown. Raises LearnersAffected when it is another one by now.
    """
    lock(module)
    affected = learners_on(module, setting)
    if affected != acknowledged:
        raise LearnersAffected(affected)
    leave_setting(module=module, setting=setting, by=by)
