from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.permissions import May, require
from certificates import files
from certificates.choices import Act
from certificates.errors import NotLost
from certificates.models import Drawing
from certificates.services.pictures import DRAW
from certificates.services.trail import record
from jobs.services import enqueue


@transaction.atomic
def redraw(*, drawing: Drawing, by: User) -> None:
    """Another file in place of one that is gone or altered, whose digest is kept: people hold copies of it.

    Raises PermissionDenied, NotLost.
    """
    require(by, May.CORRECT_CERTIFICATES)
    if not is_lost(drawing):
        raise NotLost
    if not Drawing.objects.filter(pk=drawing.pk, lost_at=None).update(lost_at=timezone.now()):
        raise NotLost  # somebody else has ordered it meanwhile
    record(drawing.certificate, Act.DIFFERED, by=by, note=f"{drawing.language} {drawing.digest}")
    payload = {"certificate": drawing.certificate_id, "language": drawing.language}
    enqueue(kind=DRAW, payload=payload, key=f"{DRAW}:again:{drawing.pk}")


def is_lost(drawing: Drawing) -> bool:
    try:
        files.as_issued(drawing)
    except files.FileDiffers:
        return True
    return False
