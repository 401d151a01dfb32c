"""Transcripts as files: frozen when they are asked for, drawn and signed by a worker, kept as issued."""

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from certificates import files, signing, transcript, transcript_drawing
from certificates.emptying import empty
from certificates.errors import NothingEarned
from certificates.models import Transcript
from jobs.services import enqueue, retry

DRAW = "certificates.transcript"


@transaction.atomic
def order(*, user: User, language: str, by: User, first: int = 0, last: int = 0) -> Transcript:
    """What they completed in these years; asked for again on the same day, with nothing changed, it is the same one.

    Raises PermissionDenied, NothingEarned.
    """
    if by.pk != user.pk:
        raise PermissionDenied
    User.objects.select_for_update().get(pk=user.pk)  # or two clicks at once would make two
    listing = transcript.within(transcript.everything(user, language), first, last)
    if not listing.entries:
        raise NothingEarned
    rows = transcript.encode(listing)
    todays = Transcript.objects.filter(user=user, language=language, asked_at__date=timezone.localdate())
    same = next((asked for asked in todays if asked.rows == rows), None)
    asked = same or Transcript.objects.create(user=user, language=language, rows=rows)
    retry(job=enqueue(kind=DRAW, payload={"transcript": asked.pk}, key=f"{DRAW}:{asked.pk}"))
    return asked


def draw(*, transcript_id: int) -> None:
    """Draws and signs outside any transaction; to be called again after a crash, however far it got."""
    asked = Transcript.objects.filter(pk=transcript_id, drawn_at=None).first()
    if asked is None:
        return
    content = signing.sign(transcript_drawing.draw(asked))
    name = _keep(asked, content)
    waiting = Transcript.objects.filter(pk=asked.pk, drawn_at=None)
    if not waiting.update(digest=files.digest(content), file=name, drawn_at=timezone.now()):
        default_storage.delete(name)  # another worker came first, or the transcript was forgotten meanwhile


@transaction.atomic
def forget(*, user: User) -> None:
    """Files first: a row that stays is found again, a file without one never. Whoever draws one meanwhile waits."""
    for asked in Transcript.objects.select_for_update().filter(user=user):
        empty(files.folder(asked))
        asked.delete()


def _keep(asked: Transcript, content: bytes) -> str:
    return default_storage.save(f"{files.folder(asked)}/{files.digest(content)}.pdf", ContentFile(content))
