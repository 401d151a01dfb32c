"""Asking others to read a draft, and what they say of it."""

from collections.abc import Collection

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from courses.choices import SignOffKind
from courses.errors import StaleDraft
from courses.models import Module, ReviewRequest, SignOff
from courses.readiness import Draft
from courses.services.drafts import lock, write


@transaction.atomic
def ask_for_review(*, module: Module, note: str, by: AbstractBaseUser) -> ReviewRequest:
    """Of the draft as it stands, once: whoever asks again gets the request that is there."""
    module = lock(module)
    request, _made = ReviewRequest.objects.get_or_create(
        module=module, digest=Draft(module).digest, defaults={"note": note, "by": by}
    )
    return request


@transaction.atomic
def sign_off(
    *, module: Module, kind: SignOffKind, approved: bool, note: str, digest: str, by: AbstractBaseUser
) -> SignOff:
    """What somebody says, as `kind`, of the draft that they saw; a refusal has a note. Raises StaleDraft."""
    module = lock(module)
    if Draft(module).digest != digest:
        raise StaleDraft
    return SignOff.objects.create(module=module, digest=digest, kind=kind, approved=approved, note=note, by=by)


@transaction.atomic
def set_sign_offs(*, module: Module, kinds: Collection[SignOffKind], by: AbstractBaseUser) -> Module:
    """Who must have read a draft before it is published."""
    module = lock(module)
    asked = [kind.value for kind in SignOffKind if kind in kinds]
    write(row=module, module=module, values={"sign_offs": asked}, by=by)
    return module
