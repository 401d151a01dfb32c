from datetime import UTC, date, datetime

from certificates import document as paper
from certificates import services
from certificates.models import Certificate
from learning.models import Completion, Enrolment
from tests import factories

COMPLETED_AT = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)


def completion(by=None, setting: str = "clinic", locale: str = "en", content=None) -> Completion:
    """A path walked to its end on 22 November 2026."""
    release = factories.release(content)
    enrolment = Enrolment.objects.create(
        user=by or factories.user(),
        module=release.module,
        release=release,
        setting=setting,
        locale=locale,
        pre_form="A",
        completed_at=COMPLETED_AT,
    )
    row = Completion.objects.create(enrolment=enrolment, release=release, setting=setting, locale=locale, score=90)
    Completion.objects.update(at=COMPLETED_AT)
    row.refresh_from_db()
    return row


def certificate(by=None, name: str = "María José Núñez", locale: str = "en", content=None, **later) -> Certificate:
    """An issued certificate; `later` is what befell it since."""
    row = completion(by, content=content)
    issued = services.issue(completion=row, printed_name=name, locale=locale, by=row.enrolment.user)
    if later:
        Certificate.objects.filter(pk=issued.pk).update(**later)
        issued.refresh_from_db()
    return issued


def drawn(**fields) -> Certificate:
    issued = certificate(**fields)
    services.draw(certificate_id=issued.pk)
    return issued


def sample(name: str, locale: str = "en", **facts) -> Certificate:
    """A certificate that is in no database."""
    return Certificate(
        code="7K3MPQ9XAB2CD4EFG",
        printed_name=name,
        locale=locale,
        facts=paper.encode(sample_facts(locale, **facts)),
        issued_at=COMPLETED_AT,
    )


def sample_facts(locale: str = "en", **facts) -> paper.Facts:
    words = {name: factories.words(name)[locale] for name in ("title", "setting_name", "provider", "statement")}
    values = {"module": "basics", "setting": "clinic", "minutes": 50, "edition": 3, "demonstration": True}
    return paper.Facts(**{"completed_on": date(2026, 11, 22), **words, **values, **facts})
