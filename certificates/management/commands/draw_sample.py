from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from certificates import codes, document, drawing, names, paper
from certificates.choices import PAPERS
from certificates.models import Certificate
from courses.choices import LOCALES, CreditType
from courses.document import Words

PAPER_KEYS = [key for key, _name in PAPERS]
# Names that are easily printed wrong: short, long, wide, tall, from right to left, in letters of other scripts.
HARD_NAMES = {
    "short": "Li",
    "long": "Maximiliana Alejandra Guadalupe Hernández-Villavicencio de los Ángeles y Montes de Oca "
    "Fernández-Etcheverría Ortiz Peñas",
    "wide": "W" * names.LONGEST,
    "arabic": "فاطمة الزهراء محمد",
    "hebrew": "שרה כהן",
    "chinese": "王小明",
    "korean": "김민수",
    "vietnamese": "Nguyễn Thị Minh Khai",
    "hindi": "श्रीमती प्रियंका",
}


class Command(BaseCommand):
    help = "Draws a certificate that nobody holds, to look at the paper."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("out", type=Path, help="a file; with --all a folder")
        parser.add_argument("--name", default=paper.SAMPLE_NAME)
        parser.add_argument("--paper", default="en", choices=PAPER_KEYS)
        parser.add_argument("--all", action="store_true", help="names that are hard to print, on every paper")

    def handle(self, *, out: Path, name: str, paper: str, **options) -> None:
        if not options["all"]:
            out.write_bytes(drawing.draw(sample(name, paper), paper))
            return
        out.mkdir(parents=True, exist_ok=True)
        for language in PAPER_KEYS:
            for key, hard in HARD_NAMES.items():
                (out / f"{key}-{language}.pdf").write_bytes(drawing.draw(sample(hard, language), language))


def sample(name: str, language: str) -> Certificate:
    facts = sample_facts()
    return Certificate(
        code="2" * codes.LENGTH,
        printed_name=names.accepted(name),
        locale=language if language in LOCALES else LOCALES[0],
        facts=document.encode(facts),
        issued_at=timezone.now(),
        expires_on=document.expiry(facts.completed_on, 24),
    )


def sample_facts() -> document.Facts:
    return document.Facts(
        module="sample",
        title=_in_each(lambda: _("Sample module")),
        setting="sample",
        setting_name=_in_each(lambda: _("Health care")),
        minutes=52,
        edition=1,
        completed_on=date(2026, 11, 22),
        credit=_sample_credit(),
        license=paper.SAMPLE_LICENSE,
        demonstration=True,
    )


def _sample_credit() -> document.Credit:
    return document.Credit(
        offer="sample",
        type=CreditType.ANCC,
        amount=Decimal("1.25"),
        provider=_in_each(lambda: _("SOAR Online demonstration")),
        provider_address="1000 Example Avenue, Austin, TX 78701",
        provider_number="0000",
        activity_number="0000-26-014",
        statement=_in_each(
            lambda: _("This is a sample. It was issued to nobody and gives no continuing education credit.")
        ),
        signatory=paper.SAMPLE_NAME,
        signatory_role=_in_each(lambda: _("Director of training")),
    )


def _in_each(words: Callable[[], str]) -> Words:
    said = {}
    for language in LOCALES:
        with override(language):
            said[language] = words()
    return said
