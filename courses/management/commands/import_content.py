from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from courses.management.terminal import in_lines, in_terminal_language
from courses.packages.folder import Folder, read_folder
from courses.services import importing


class Command(BaseCommand):
    help = "Reads the content packages of a folder into drafts; names every problem by file and line."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--spare-edited",
            action="store_true",
            help="leave what somebody has edited in the studio since the last import as it is",
        )

    def handle(self, *, folder: Path, spare_edited: bool, **options) -> None:
        content = read_sound_folder(folder)
        for name, file, take in (
            ("settings", content.settings, importing.import_settings),
            ("glossary", content.glossary, importing.import_glossary),
        ):
            if file and spare_edited and importing.is_edited_on_site(name):
                self.stdout.write(f"{name}: edited in the studio since the last import, left as they are")
            elif file:
                take(file=file, by=None)
        taken = 0
        for package in content.packages:
            if spare_edited and importing.is_edited(package.module.key):
                self.stdout.write(f"{package.module.key}: edited in the studio since the last import, left as it is")
            else:
                importing.import_package(package=package, by=None)
                taken += 1
        self.stdout.write(f"{taken} module(s) imported")


def read_sound_folder(folder: Path) -> Folder:
    """Raises CommandError with every problem."""
    if not folder.is_dir():
        raise CommandError(f"{folder} is not a folder")
    content = read_folder(folder, importing.stored_settings)
    if content.problems:
        with in_terminal_language():
            raise CommandError("\n".join(in_lines(content.problems)))
    return content
