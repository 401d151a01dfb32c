from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import Profile, User
from certificates import document, drawing, files, names, queries
from certificates.models import Certificate, Drawing
from jobs.services import enqueue
from learning.models import Completion

DRAW = "certificates.draw"


def issue(*, completion: Completion, printed_name: str, locale: str, by: User) -> Certificate:
    """A completion's certificate: a new one, or the one it has, also when that was revoked since.

    Raises NameRefused. A language that the release lacks gives way to the one the module was completed in.
    """
    if by.pk != completion.enrolment.user_id:
        raise PermissionDenied
    if issued := queries.newest_of(completion):
        return issued
    name = names.accepted(printed_name)
    with transaction.atomic():
        # The constraint decides between two requests at once; the later one gets the earlier one's row.
        certificate, is_new = Certificate.objects.get_or_create(
            completion=completion,
            replaced_at=None,
            revoked_at=None,
            defaults=_facts(completion, locale) | {"printed_name": name, "issued_by": by},
        )
        if is_new:
            _order_drawing(certificate)
            _remember_name(by, name)
    return certificate


def draw(*, certificate_id: int) -> Drawing:
    """Draws outside any transaction; to be called again after a crash, however far it got."""
    certificate = Certificate.objects.get(pk=certificate_id)
    key = {"certificate": certificate, "language": certificate.locale, "template": drawing.TEMPLATE}
    if drawn := Drawing.objects.filter(**key).first():
        return drawn
    content = drawing.draw(certificate)
    name = files.keep(certificate=certificate, template=drawing.TEMPLATE, content=content)
    drawn, _is_new = Drawing.objects.get_or_create(**key, defaults={"digest": files.digest(content), "file": name})
    if drawn.file.name != name:
        files.drop(name)
    return drawn


def _facts(completion: Completion, locale: str) -> dict:
    release = completion.release
    if locale not in release.content.locales:
        locale = completion.locale
    facts = document.freeze(
        release.content,
        edition=release.number,
        setting=completion.setting,
        locale=locale,
        completed_on=timezone.localdate(completion.at),
        demonstration=settings.DEMO,
    )
    return {"locale": locale, "facts": document.encode(facts)}


def _order_drawing(certificate: Certificate) -> None:
    enqueue(kind=DRAW, payload={"certificate": certificate.pk}, key=f"{DRAW}:{certificate.pk}:{drawing.TEMPLATE}")


def _remember_name(user: User, name: str) -> None:
    Profile.objects.get_or_create(user=user)
    Profile.objects.filter(user=user, printed_name="").update(printed_name=name)
