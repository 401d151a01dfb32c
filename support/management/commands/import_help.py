from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from support.help_file import HelpFileProblems
from support.services import import_help


class Command(BaseCommand):
    help = "Writes the help lines of a file (docs/content-packages.md) into the database, as often as you like."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args, file: Path, **options) -> None:
        try:
            count = import_help(path=file)
        except HelpFileProblems as problems:
            raise CommandError(str(problems)) from problems
        self.stdout.write(f"{count} help lines")
