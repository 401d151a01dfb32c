from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import Profile, User
from certificates import document, licenses, names, queries
from certificates.choices import Act
from certificates.document import License
from certificates.errors import DataMissing, DatesImpossible, NotOffered
from certificates.models import Certificate, ReportingData
from certificates.services.expiring import order_warnings
from certificates.services.pictures import order_drawing
from certificates.services.trail import record
from courses.credit import bars, offer_named
from courses.document import Document, Offer
from learning.models import Completion


class Held(NamedTuple):
    """What a learner tells of themselves for one kind of credit; no more is asked than the offer needs."""

    profession: str = ""
    license: License = License()
    nabp_id: str = ""
    birthday: str = ""


NOTHING_TOLD = Held()


def issue(
    *, completion: Completion, offer: str, printed_name: str, by: User, held: Held = NOTHING_TOLD, paper: str = ""
) -> Certificate:
    """A completion's certificate for an offer: a new one, or the one it has, also when that was revoked since.

    `paper` is the language it is drawn in first; empty, the one it was earned in.
    Raises PermissionDenied, NotOffered, DatesImpossible, DataMissing, NameRefused, LicenseRefused.
    """
    if by.pk != completion.enrolment.user_id:
        raise PermissionDenied
    if issued := queries.newest_of(completion, offer):
        return issued
    content, completed_on = completion.release.content, timezone.localdate(completion.at)
    chosen = _offered(content, offer, held, completion.locale, completed_on)
    name, held = names.accepted(printed_name), _accepted(held)
    with transaction.atomic():
        # The holder's row, since another completion of theirs may be about to renew the same certificate.
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        if issued := queries.newest_of(completion, offer):
            return issued  # also one that was issued, and revoked, since the look above
        # The constraint decides where no row can be locked; the later of two gets the earlier one's row.
        certificate, is_new = Certificate.objects.get_or_create(
            completion=completion,
            offer=offer,
            replaced_at=None,
            revoked_at=None,
            defaults=_facts(completion, chosen, held, completed_on) | {"printed_name": name, "issued_by": by},
        )
        if is_new:
            _keep_reporting_data(certificate, chosen, held)
            _tell(certificate, by)
            order_drawing(certificate, paper or certificate.locale)
            order_warnings(certificate)
            _remember(by, name, held)
    return certificate


def _accepted(held: Held) -> Held:
    number = licenses.accepted(held.license.number)
    return held._replace(license=License(number=number, state=held.license.state))


def _offered(content: Document, key: str, held: Held, locale: str, completed_on: date) -> Offer:
    offer = offer_named(content, key)
    if offer is None:
        raise NotOffered
    if not content.released_on <= completed_on <= timezone.localdate():
        raise DatesImpossible
    if found := bars(content, offer, profession=held.profession, locale=locale, on=completed_on):
        raise NotOffered(found)
    if missing := _missing(offer, held):
        raise DataMissing(missing)
    return offer


def _missing(offer: Offer, held: Held) -> list[str]:
    asked = {}
    if offer.needs_license:
        asked |= {"license_number": held.license.number, "license_state": held.license.state}
    if offer.needs_nabp:
        asked |= {"nabp_id": held.nabp_id, "birthday": held.birthday}
    return [name for name, value in asked.items() if not value]


def _facts(completion: Completion, offer: Offer, held: Held, completed_on: date) -> dict:
    release = completion.release
    facts = document.freeze(
        release.content,
        offer,
        edition=release.number,
        setting=completion.setting,
        completed_on=completed_on,
        profession=held.profession if offer.professions else "",
        license=held.license if offer.needs_license else License(),
        demonstration=settings.DEMO,
    )
    return {
        "locale": completion.locale,
        "facts": document.encode(facts),
        "expires_on": document.expiry(completed_on, offer.valid_months),
        "renews": queries.renewable_by(completion, offer.key),
    }


def _keep_reporting_data(certificate: Certificate, offer: Offer, held: Held) -> None:
    if offer.needs_nabp:
        ReportingData.objects.create(certificate=certificate, nabp_id=held.nabp_id, birthday=held.birthday)


def _tell(certificate: Certificate, by: User) -> None:
    record(certificate, Act.ISSUED, by=by, other=certificate.renews)
    if certificate.renews:
        record(certificate.renews, Act.RENEWED, by=by, other=certificate)


def _remember(user: User, name: str, held: Held) -> None:
    """For the next form; what was issued does not follow the profile."""
    Profile.objects.get_or_create(user=user)
    Profile.objects.filter(user=user, printed_name="").update(printed_name=name)
    Profile.objects.filter(user=user, profession="").update(profession=held.profession)
