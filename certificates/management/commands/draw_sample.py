from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from certificates import codes, document, drawing, names
from certificates.models import Certificate


class Command(BaseCommand):
    help = "Draws a certificate that nobody holds, to look at the paper."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("out", type=Path)
        parser.add_argument("--name", default="María José Núñez Ibáñez")
        parser.add_argument("--language", default="en", choices=[code for code, _name in settings.LANGUAGES])

    def handle(self, *, out: Path, name: str, language: str, **options) -> None:
        with translation.override(language):
            facts = sample_facts()
        certificate = Certificate(
            code="2" * codes.LENGTH,
            printed_name=names.accepted(name),
            locale=language,
            facts=document.encode(facts),
            issued_at=timezone.now(),
        )
        out.write_bytes(drawing.draw(certificate))


def sample_facts() -> document.Facts:
    return document.Facts(
        module="sample",
        title=_("Sample module"),
        setting="sample",
        setting_name=_("Health care"),
        provider=_("SOAR Online demonstration"),
        statement=_("This is a sample. It was issued to nobody and gives no continuing education credit."),
        minutes=52,
        edition=1,
        completed_on=date(2026, 11, 22),
        demonstration=True,
    )
