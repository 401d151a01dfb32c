"""Renewal: the module is done again, and its certificate gets a number of its own, linked to the one it renews."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from accounts.queries import language_of
from certificates import queries
from certificates.errors import NotActive, NotRenewable
from certificates.models import Certificate
from learning.models import Enrolment
from learning.services.enrolments import begin_again

BEFORE = timedelta(days=90)


def renewable_from(certificate: Certificate) -> date | None:
    """The first day of its renewal; none for one that does not expire, has ended, or was renewed."""
    if certificate.expires_on is None or _has_ended(certificate) or _is_renewed(certificate):
        return None
    return certificate.expires_on - BEFORE


def is_renewable(certificate: Certificate) -> bool:
    return has_come(renewable_from(certificate))


def has_come(first_day: date | None) -> bool:
    return first_day is not None and first_day <= timezone.localdate()


def renew(*, certificate: Certificate, by: User, setting: str = "", locale: str = "") -> Enrolment:
    """Begins the newest open edition, or returns the enrolment under way.

    Unsaid, the setting is the one it was earned in, the language the holder's.
    Raises PermissionDenied, NotActive, NotRenewable, NotOpenForEnrolment, UnknownSetting.
    """
    enrolment = certificate.completion.enrolment
    if by.pk != enrolment.user_id:
        raise PermissionDenied
    if _has_ended(certificate):
        raise NotActive
    if not is_renewable(certificate):
        raise NotRenewable
    return begin_again(
        user=by,
        module_key=enrolment.module.key,
        setting=setting or certificate.completion.setting,
        locale=locale or language_of(by),
        by=by,
    )


def _is_renewed(certificate: Certificate) -> bool:
    """As a list has read it, else asked for."""
    known = getattr(certificate, "is_renewed", None)
    return queries.is_renewed(certificate) if known is None else known


def _has_ended(certificate: Certificate) -> bool:
    return certificate.erased_at is not None or certificate.status(timezone.localdate()).has_ended
