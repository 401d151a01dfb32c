"""Which professional settings a module is for."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from courses.columns import value_of
from courses.models import Module
from courses.services.drafts import lock, write


@transaction.atomic
def use_setting(*, module: Module, setting: str, by: AbstractBaseUser) -> None:
    """`setting` is a key; one that is used already changes nothing."""
    _set(module, {*value_of(module, "settings"), setting}, by)


@transaction.atomic
def leave_setting(*, module: Module, setting: str, by: AbstractBaseUser) -> None:
    """Its own steps stay in the draft, where the branch map names them; they become nobody else's."""
    _set(module, {*value_of(module, "settings")} - {setting}, by)


def _set(module: Module, settings: set[str], by: AbstractBaseUser) -> None:
    module = lock(module)
    write(row=module, module=module, values={"settings": sorted(settings)}, by=by)
