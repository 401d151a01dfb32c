from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from certificates import codes
from certificates.document import setting_name
from certificates.models import ACTIVE, Certificate, Drawing
from learning.models import Completion


class Described(NamedTuple):
    """A certificate's words for a reader: in their language where the release has it, else in its own."""

    title: str
    setting_name: str
    provider: str
    language: str


def completion_of(user: User, module: str) -> Completion | None:
    completions = Completion.objects.filter(enrolment__user=user, enrolment__module__key=module)
    return completions.select_related("enrolment", "release").order_by("-at", "-pk").first()


def newest_of(completion: Completion) -> Certificate | None:
    return Certificate.objects.filter(completion=completion).first()


def with_code(text: str) -> Certificate | None:
    code = codes.parse(text)
    return _with_release().filter(code=code).first() if code else None


def owned_by(user: User, text: str) -> Certificate | None:
    code = codes.parse(text)
    return _with_release().filter(code=code, completion__enrolment__user=user).first() if code else None


def is_certified() -> Exists:
    """Of an enrolment, in a query: whether a certificate that was neither replaced nor revoked stands for it."""
    return Exists(Certificate.objects.filter(ACTIVE, completion__enrolment=OuterRef("pk")))


def holder_of(text: str) -> User | None:
    """Whose certificate has the code that somebody typed, whatever became of it."""
    code = codes.parse(text)
    return User.objects.filter(enrolments__completion__certificates__code=code).first() if code else None


def drawing_of(certificate: Certificate) -> Drawing | None:
    return certificate.drawings.filter(language=certificate.locale).first()


def described(certificate: Certificate, language: str) -> Described:
    facts, content = certificate.document, certificate.completion.release.content
    if language == certificate.locale or language not in content.locales:
        return Described(facts.title, facts.setting_name, facts.provider, certificate.locale)
    return Described(
        title=content.title[language],
        setting_name=setting_name(content, facts.setting, language),
        provider=content.provider[language],
        language=language,
    )


def _with_release() -> QuerySet[Certificate]:
    # A release's document is big, and is read only where this process has not decoded it yet.
    return Certificate.objects.select_related("completion__release").defer("completion__release__document")
