"""A certificate's papers: ordered in a transaction, drawn and signed by a worker, kept as issued."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from certificates import drawing, files, mails, signing
from certificates.choices import Act
from certificates.emptying import empty
from certificates.errors import NotActive
from certificates.models import Certificate, CertificateEvent, Drawing
from certificates.services.keys import remember
from certificates.services.trail import record
from certificates.signing import Credential, KeyRefused
from jobs.services import enqueue, retry

DRAW = "certificates.draw"


def order_drawing(certificate: Certificate, language: str, *, after: timedelta = timedelta()) -> None:
    """Ordering twice is ordering once, while template and key stay the same; what failed for good begins anew."""
    ordered = enqueue(
        kind=DRAW,
        payload={"certificate": certificate.pk, "language": language},
        key=f"{DRAW}:{certificate.pk}:{language}:{drawing.TEMPLATE}:{_key_id()}",
        run_after=timezone.now() + after,
    )
    retry(job=ordered)


def draw(*, certificate_id: int, language: str) -> Drawing:
    """Draws and signs outside any transaction; to be called again after a crash, however far it got.

    Raises KeyRefused before anything is drawn, when there is no key or it must not be used today; NotActive of one
    that was erased, AuthorityDown.
    """
    credential = signing.current()
    certificate = Certificate.objects.get(pk=certificate_id)
    if certificate.erased_at:
        empty(files.folder(certificate))  # what a worker kept that was stopped before it saw the erasure
        raise NotActive
    about = {"language": language, "template": drawing.TEMPLATE, "key_id": credential.key_id}
    key = {"certificate": certificate, "lost_at": None, **about}
    drawn = Drawing.objects.filter(**key).first()
    if drawn is None:
        content = signing.sign(drawing.draw(certificate, language))
        name = files.keep(certificate=certificate, content=content, **about)
        drawn = _publish(key, name, content, credential)
    files.drop_all_but(drawn)  # also what the worker before left when it was stopped right here
    return drawn


def as_issued(drawing: Drawing) -> bytes:
    """For a reader. A file that differs is held back, and the trail tells of it once. Raises FileDiffers."""
    try:
        return files.as_issued(drawing)
    except files.FileDiffers:
        _report(drawing)
        raise


def _key_id() -> str:
    """Empty while there is no key: a certificate can be issued then, and its paper waits for one."""
    try:
        return signing.key_id()
    except KeyRefused:
        return ""


@transaction.atomic
def _publish(key: dict, name: str, content: bytes, credential: Credential) -> Drawing:
    if not Certificate.objects.select_for_update().filter(pk=key["certificate"].pk, erased_at=None):
        files.drop(name)
        raise NotActive
    remember(credential)
    drawn, is_new = Drawing.objects.get_or_create(**key, defaults={"digest": files.digest(content), "file": name})
    if is_new:
        record(drawn.certificate, Act.DRAWN, by=None, note=drawn.language)
        mails.ready(drawn.certificate)
    return drawn


@transaction.atomic
def _report(drawing: Drawing) -> None:
    certificate = Certificate.objects.select_for_update().get(pk=drawing.certificate_id)
    note = f"{drawing.language} {drawing.digest}"
    if not CertificateEvent.objects.filter(certificate=certificate, act=Act.DIFFERED, note=note).exists():
        record(certificate, Act.DIFFERED, by=None, note=note)
