"""What a soak must leave behind: each certificate issued, drawn, kept and told of exactly once."""

from collections import Counter
from pathlib import Path

from django.conf import settings
from django.db.models import Max, QuerySet, Sum

from certificates.files import digest
from certificates.mails import READY
from certificates.models import Certificate, CertificateEvent, Drawing
from certificates.services.pictures import DRAW
from jobs.choices import JobState
from jobs.mail import KIND as MAIL
from jobs.models import Job, Mail
from learning.models import Completion


def work() -> QuerySet[Job]:
    return Job.objects.filter(kind__in=[DRAW, READY, MAIL])


def is_quiet(issues: int) -> bool:
    """Every paper is drawn and told of, or never will be."""
    ended = Counter(work().exclude(state__in=[JobState.PENDING, JobState.RUNNING]).values_list("kind", flat=True))
    return not work().filter(state__in=[JobState.PENDING, JobState.RUNNING]).exists() and ended[DRAW] >= issues


def waiting() -> int:
    """Papers that are not drawn yet."""
    return work().filter(kind=DRAW, state__in=[JobState.PENDING, JobState.RUNNING]).count()


def faults() -> list[str]:
    """In words, the first few of each kind; none when all is well."""
    found = {
        "completions without exactly one certificate": _uneven(
            Completion.objects.values_list("pk", flat=True), Certificate.objects.values_list("completion_id", flat=True)
        ),
        "certificates without exactly one drawing": _uneven(
            _all(), Drawing.objects.values_list("certificate_id", flat=True)
        ),
        "certificates whose trail is not issued, drawn": _other_trails(),
        "certificates without exactly one mail": _uneven(_recipients(), _ready_mails()),
        "mails that were not sent": list(Mail.objects.filter(sent_at=None).values_list("pk", flat=True)),
        "jobs that are not done": list(work().exclude(state=JobState.DONE).values_list("key", "state", "error")),
        "files without a drawing, drawings without a file": sorted(_names_stored() ^ _names_drawn()),
        "files that differ from their digest": [drawn.file.name for drawn in Drawing.objects.all() if _differs(drawn)],
    }
    return [f"{len(which)} {what}: {which[:5]}" for what, which in found.items() if which]


def attempts() -> tuple[int, int]:
    """At drawing: all together, and most for one paper."""
    return tuple(Job.objects.filter(kind=DRAW).aggregate(all=Sum("attempts"), most=Max("attempts")).values())


def _all() -> QuerySet:
    return Certificate.objects.values_list("pk", flat=True)


def _uneven(expected, found) -> list:
    counts = Counter(found)
    return [each for each in {*expected, *counts} if counts[each] != 1] + [
        each for each, count in Counter(expected).items() if count != 1
    ]


def _other_trails() -> list[int]:
    trails: dict[int, list[str]] = {pk: [] for pk in _all()}
    for certificate, act in CertificateEvent.objects.order_by("pk").values_list("certificate_id", "act"):
        trails[certificate].append(act)
    return [certificate for certificate, acts in trails.items() if acts != ["issued", "drawn"]]


def _recipients() -> QuerySet:
    return Certificate.objects.values_list("completion__enrolment__user__email", flat=True)


def _ready_mails() -> QuerySet:
    return Mail.objects.values_list("recipient", flat=True)


def _root() -> Path:
    return Path(settings.MEDIA_ROOT)


def _names_stored() -> set[str]:
    return {str(file.relative_to(_root())) for file in (_root() / "certificates").rglob("*") if file.is_file()}


def _names_drawn() -> set[str]:
    return set(Drawing.objects.values_list("file", flat=True))


def _differs(drawn: Drawing) -> bool:
    file = _root() / drawn.file.name
    return file.is_file() and digest(file.read_bytes()) != drawn.digest
