"""Beginning, and changing the path."""

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import F

from accounts.services import remember_setting
from courses.choices import Form
from courses.models import Module, Release
from courses.queries import current_release
from learning.errors import AlreadyComplete, NotOpenForEnrolment, UnknownSetting
from learning.models import EditionMove, Enrolment, FormBalance, SettingChoice
from learning.queries import current_enrolment
from learning.services.attempts import carry_open_attempts
from learning.services.facts import complete_if_done, lock


@transaction.atomic
def enrol(*, user: AbstractBaseUser, module_key: str, setting: str, locale: str, by: AbstractBaseUser) -> Enrolment:
    """Begins the newest edition open in `locale`, or returns the enrolment that is there.

    Raises NotOpenForEnrolment, UnknownSetting.
    """
    user = _locked(user)
    return current_enrolment(user, module_key) or _begin(user, module_key, setting, locale, by)


@transaction.atomic
def begin_again(
    *, user: AbstractBaseUser, module_key: str, setting: str, locale: str, by: AbstractBaseUser
) -> Enrolment:
    """Begins the newest open edition anew, or returns the enrolment that is under way; completed ones stay as they are.

    Raises NotOpenForEnrolment, UnknownSetting.
    """
    user = _locked(user)
    there = current_enrolment(user, module_key)
    return there if there and not there.completed_at else _begin(user, module_key, setting, locale, by)


def _locked(user: AbstractBaseUser) -> AbstractBaseUser:
    return get_user_model().objects.select_for_update().get(pk=user.pk)


def _begin(user: AbstractBaseUser, module_key: str, setting: str, locale: str, by: AbstractBaseUser) -> Enrolment:
    release = current_release(module_key, locale)
    if release is None:
        raise NotOpenForEnrolment
    if release.content.setting(setting) is None:
        raise UnknownSetting
    enrolment = Enrolment.objects.create(
        user=user,
        module=release.module,
        release=release,
        setting=setting,
        locale=locale,
        pre_form=_balanced_form(release.module, setting, locale),
    )
    _record_choice(enrolment, before="", locale=locale)
    remember_setting(user=user, setting=setting, by=by)
    return enrolment


def _balanced_form(module: Module, setting: str, locale: str) -> Form:
    """Turn by turn: the two forms never differ by more than one within a setting and language."""
    cell, _created = FormBalance.objects.get_or_create(module=module, setting=setting, locale=locale)
    FormBalance.objects.filter(pk=cell.pk).update(begun=F("begun") + 1)
    cell.refresh_from_db(fields=["begun"])
    return Form.A if cell.begun % 2 else Form.B


@transaction.atomic
def change_setting(*, enrolment: Enrolment, setting: str, locale: str, by: AbstractBaseUser) -> Enrolment:
    """Another path through the same edition; everything done is kept. Raises AlreadyComplete, UnknownSetting."""
    enrolment = lock(enrolment)
    if enrolment.completed_at:
        raise AlreadyComplete
    if enrolment.content.setting(setting) is None:
        raise UnknownSetting
    if setting == enrolment.setting:
        return enrolment
    before, enrolment.setting = enrolment.setting, setting
    _record_choice(enrolment, before=before, locale=locale)
    complete_if_done(enrolment, locale)
    enrolment.save(update_fields=["setting", "completed_at"])
    return enrolment


@transaction.atomic
def move_to_release(
    *, enrolment: Enrolment, release: Release, locale: str, by: AbstractBaseUser, setting: str = ""
) -> Enrolment:
    """Continues in another edition of the module, in `setting` where that has to change too; everything done is kept.

    Raises AlreadyComplete, NotOpenForEnrolment for another module's edition, UnknownSetting.
    """
    enrolment = lock(enrolment)
    if enrolment.completed_at:
        raise AlreadyComplete
    if release.module_id != enrolment.module_id:
        raise NotOpenForEnrolment
    before, setting = enrolment.setting, setting or enrolment.setting
    if release.content.setting(setting) is None:
        raise UnknownSetting
    if release == enrolment.release:
        return enrolment
    left, enrolment.release, enrolment.setting = enrolment.release, release, setting
    EditionMove.objects.create(enrolment=enrolment, release=release, before=left, setting=setting, locale=locale)
    if setting != before:
        _record_choice(enrolment, before=before, locale=locale)
    carry_open_attempts(enrolment)
    complete_if_done(enrolment, locale)
    enrolment.save(update_fields=["release", "setting", "completed_at"])
    return enrolment


def _record_choice(enrolment: Enrolment, *, before: str, locale: str) -> None:
    SettingChoice.objects.create(
        enrolment=enrolment, release=enrolment.release, setting=enrolment.setting, before=before, locale=locale
    )
