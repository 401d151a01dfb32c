from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.models import User
from certificates import codes
from certificates.models import ACTIVE, Certificate, CorrectionRequest, Drawing, SigningCertificate, Transcript
from learning.models import Completion


def completion_of(user: User, module: str, enrolment: int | None = None) -> Completion | None:
    """That of one enrolment, else the latest: whoever renews completes a module again."""
    completions = Completion.objects.filter(enrolment__user=user, enrolment__module__key=module)
    if enrolment is not None:
        completions = completions.filter(enrolment__pk=enrolment)
    return completions.select_related("enrolment", "release").order_by("-at", "-pk").first()


def newest_of(completion: Completion, offer: str) -> Certificate | None:
    return Certificate.objects.filter(completion=completion, offer=offer).first()


def renewable_by(completion: Completion, offer: str) -> Certificate | None:
    """The holder's certificate for the same offer, from the completion before, that nothing renews yet."""
    enrolment = completion.enrolment
    earlier = Certificate.objects.filter(
        ACTIVE, offer=offer, completion__at__lt=completion.at, renewed_by=None
    ).exclude(expires_on=None)
    own = earlier.filter(
        completion__enrolment__user=enrolment.user_id, completion__enrolment__module=enrolment.module_id
    )
    return own.order_by("-completion__at").first()


def is_renewed(certificate: Certificate) -> bool:
    return Certificate.objects.filter(_renewed(), pk=certificate.pk).exists()


def _renewed() -> Exists:
    """Its holder has earned the same again since; also when either of the two was corrected meanwhile."""
    same = {f"completion__enrolment__{name}": OuterRef(f"completion__enrolment__{name}") for name in ("user", "module")}
    later = Certificate.objects.filter(ACTIVE, completion__at__gt=OuterRef("completion__at"), offer=OuterRef("offer"))
    return Exists(later.filter(**same))


def all_of(user: User) -> QuerySet[Certificate]:
    """Everything somebody holds or held, the newest first, with `is_renewed`."""
    own = Certificate.objects.filter(completion__enrolment__user=user, erased_at=None)
    return own.select_related("completion").annotate(is_renewed=_renewed())


def issued_for(completion: Completion) -> dict[str, Certificate]:
    """By offer, the newest of each."""
    rows = Certificate.objects.filter(completion=completion, erased_at=None).order_by("issued_at", "pk")
    return {row.offer: row for row in rows}


def with_code(text: str) -> Certificate | None:
    """Whoever's it is, with `is_renewed`; one that was erased is answered like one that never was.

    What cannot be a code is looked for too: so the answer tells nobody how far a guess was right.
    """
    there = Certificate.objects.filter(code=codes.parse(text) or "", erased_at=None)
    return there.annotate(is_renewed=_renewed()).first()


def successor_for(user: User, certificate: Certificate) -> Certificate | None:
    """What took its place, for its holder alone."""
    return Certificate.objects.filter(replaces=certificate, completion__enrolment__user=user, erased_at=None).first()


def issued_as(digest: str) -> Drawing | None:
    """The paper whose file has this digest; `certificate` comes with `is_renewed`."""
    certificates = Prefetch("certificate", Certificate.objects.annotate(is_renewed=_renewed()))
    return Drawing.objects.filter(digest=digest, certificate__erased_at=None).prefetch_related(certificates).first()


def transcript_issued_as(digest: str) -> Transcript | None:
    return Transcript.objects.filter(digest=digest).first()


def transcript_of(user: User, pk: int) -> Transcript | None:
    return Transcript.objects.filter(user=user, pk=pk).first()


def earned_by(user: User) -> QuerySet[Certificate]:
    """Everything somebody holds or held, in the order in which it was earned."""
    return all_of(user).order_by("completion__at", "issued_at", "pk")


def owned_by(user: User, text: str) -> Certificate | None:
    code = codes.parse(text)
    own = Certificate.objects.filter(code=code, completion__enrolment__user=user, erased_at=None)
    return own.select_related("completion__enrolment__module").first() if code else None


def is_certified() -> Exists:
    """Of an enrolment, in a query: whether a certificate that was neither replaced nor revoked stands for it."""
    return Exists(Certificate.objects.filter(ACTIVE, completion__enrolment=OuterRef("pk")))


def holder_of(text: str) -> User | None:
    """Whose certificate has the code that somebody typed, whatever became of it unless it was erased."""
    code = codes.parse(text)
    there = Certificate.objects.filter(code=code, erased_at=None).values("completion__enrolment__user")
    return User.objects.filter(pk__in=there).first() if code else None


def drawing_of(certificate: Certificate, language: str) -> Drawing | None:
    """The newest paper in a language; the ones before it stay as they were issued."""
    return certificate.drawings.filter(language=language, lost_at=None).first()


def drawn_languages(certificate: Certificate) -> list[str]:
    """Of its papers, the first one drawn first."""
    there = certificate.drawings.filter(lost_at=None).order_by("pk")
    return list(dict.fromkeys(there.values_list("language", flat=True)))


def is_for_development(certificate: Certificate) -> bool:
    """Whether a key made for development has signed one of its papers: that proves nothing to anybody."""
    keys = SigningCertificate.objects.filter(is_development=True).values("key_id")
    return certificate.drawings.filter(key_id__in=keys).exists()


def linked_to(certificate: Certificate) -> dict[str, Certificate | None]:
    """What it replaces and renews, and what replaced and renewed it."""
    links = Q(replaces=certificate) | Q(renews=certificate) | Q(pk__in=[certificate.replaces_id, certificate.renews_id])
    rows = Certificate.objects.filter(links, erased_at=None)
    numbered = {row.pk: row for row in rows}
    return {
        "successor": {row.replaces_id: row for row in rows}.get(certificate.pk),
        "predecessor": numbered.get(certificate.replaces_id),
        "renewal": {row.renews_id: row for row in rows}.get(certificate.pk),
        "renews": numbered.get(certificate.renews_id),
    }


def last_request(certificate: Certificate) -> CorrectionRequest | None:
    """For a correction of it, or the one that brought it about."""
    either = Q(certificate=certificate) | Q(certificate=certificate.replaces_id)
    return CorrectionRequest.objects.filter(either).order_by("-pk").first()
