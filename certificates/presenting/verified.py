"""What anyone may know who holds a code or a file, on the page and for programs: nothing else leaves here."""

from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from certificates import paper
from certificates.choices import Status
from certificates.document import Credit
from certificates.models import Certificate
from certificates.presenting.credit import credit_line
from certificates.wording import described
from courses.credit import filled


class Words(NamedTuple):
    title: str
    setting: str
    provider: str
    credit: str
    format: str


class Verified(NamedTuple):
    """`language` is that of `words`: the reader's where the edition has it. `locale` is the one it was earned in."""

    code: str
    status: Status
    is_renewed: bool
    printed_name: str
    language: str
    words: Words
    credit: Credit
    edition: int
    minutes: int
    demonstration: bool
    locale: str
    completed_on: date
    issued_on: date
    expires_on: date | None
    replaced_on: date | None
    revoked_on: date | None
    revocation_category: str


def verified(certificate: Certificate, language: str) -> Verified:
    facts, chosen = certificate.document, described(certificate, language).language
    return Verified(
        code=certificate.shown_code,
        status=certificate.status(timezone.localdate()),
        is_renewed=certificate.is_renewed,
        printed_name=certificate.printed_name,
        language=chosen,
        words=words(certificate, chosen),
        credit=facts.credit,
        edition=facts.edition,
        minutes=facts.minutes,
        demonstration=facts.demonstration,
        locale=certificate.locale,
        completed_on=facts.completed_on,
        issued_on=timezone.localdate(certificate.issued_at),
        expires_on=certificate.expires_on,
        replaced_on=_day(certificate.replaced_at),
        revoked_on=_day(certificate.revoked_at),
        revocation_category=certificate.revocation_category,
    )


def words(certificate: Certificate, language: str) -> Words:
    facts = certificate.document
    said, known = described(certificate, language), paper.values(certificate, language)
    with override(language):
        return Words(
            title=said.title,
            setting=said.setting_name,
            provider=said.provider,
            credit=credit_line(facts, said),
            format=filled(facts.credit.format.get(language, ""), known).strip() or _("Online, self-paced"),
        )


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None
