from contextlib import nullcontext
from datetime import UTC, date, datetime
from unittest.mock import patch

from certificates import document
from certificates.models import Certificate
from certificates.services.issuing import NOTHING_TOLD, Held, issue
from certificates.services.pictures import draw
from courses.choices import CreditType
from courses.document import Offer
from learning.models import Completion, Enrolment
from tests import factories

COMPLETED_AT = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)


def completion(
    by=None, setting: str = "clinic", locale: str = "en", content=None, at=COMPLETED_AT, release=None
) -> Completion:
    """A path walked to its end on 22 November 2026."""
    release = release or factories.release(content)
    enrolment = Enrolment.objects.create(
        user=by or factories.user(),
        module=release.module,
        release=release,
        setting=setting,
        locale=locale,
        pre_form="A",
        completed_at=at,
    )
    row = Completion.objects.create(enrolment=enrolment, release=release, setting=setting, locale=locale, score=90)
    Completion.objects.filter(pk=row.pk).update(at=at)
    row.refresh_from_db()
    return row


def offer(key: str = "nursing", **fields) -> Offer:
    """1.25 contact hours for nurses, in both languages, asking for the license."""
    texts = {name: factories.words(f"{name} of {key}") for name in ("name", "provider", "format", "statement", "extra")}
    values = {
        "type": CreditType.CONTACT_HOURS,
        "amount": "1.25",
        "professions": ("nurse",),
        "languages": ("en", "es"),
        "provider_address": "1 Elm Street, Austin, TX 78701",
        "provider_number": "P-0000",
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2098, 12, 31),
        "needs_license": True,
    }
    return document.msgspec.convert({"key": key, **texts, **values, **fields}, Offer)


def certificate(
    by=None,
    name: str = "María José Núñez",
    locale: str = "en",
    content=None,
    release=None,
    offer: str = "completion",
    held: Held = NOTHING_TOLD,
    paper: str = "",
    expires_on: date | None = None,
    **later,
) -> Certificate:
    """An issued certificate; `later` is what befell it since. Unsaid, its offer tells when it expires."""
    row = completion(by, locale=locale, content=content, release=release)
    with patch.object(document, "expiry", return_value=expires_on) if expires_on else nullcontext():
        issued = issue(completion=row, offer=offer, printed_name=name, by=row.enrolment.user, held=held, paper=paper)
    if later:
        Certificate.objects.filter(pk=issued.pk).update(**later)
        issued.refresh_from_db()
    return issued


def drawn(**fields) -> Certificate:
    issued = certificate(**fields)
    draw(certificate_id=issued.pk, language=fields.get("paper") or issued.locale)
    return issued


def sample(name: str, locale: str = "en", **facts) -> Certificate:
    """A certificate that is in no database."""
    return Certificate(
        code="7K3MPQ9XAB2CD4EFG",
        printed_name=name,
        locale=locale,
        facts=document.encode(sample_facts(**facts)),
        issued_at=COMPLETED_AT,
    )


def sample_credit(**credit) -> document.Credit:
    words = {name: factories.words(name) for name in ("provider", "statement", "format")}
    return document.Credit(**{"offer": "completion", "type": CreditType.COMPLETION, **words, **credit})


def sample_facts(**facts) -> document.Facts:
    words = {name: factories.words(name) for name in ("title", "setting_name")}
    values = {"module": "basics", "setting": "clinic", "minutes": 50, "edition": 3, "demonstration": True}
    return document.Facts(**{"completed_on": date(2026, 11, 22), "credit": sample_credit(), **words, **values, **facts})
