from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from courses.management.commands.export_content import write_package
from courses.packages.canonical import Files, canonical, files_in, text_of
from courses.packages.folder import Folder, read_folder
from courses.readiness import Draft
from courses.services import importing

# What no package can hold: sign-offs, and pictures in the storage (the reader has looked at those of the package).
_NOT_OF_A_PACKAGE = {"courses.E014", "courses.E022"}


class Command(BaseCommand):
    help = (
        "Checks the content packages of a folder: every problem by file and line, every reason not to publish, "
        "every file in another form than export_content gives it. Writes nothing; needs a database with tables."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--fix", action="store_true", help="write files in the form export_content gives them")

    def handle(self, *, folder: Path, fix: bool, **options) -> None:
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder")
        content = read_folder(folder, importing.stored_settings)
        problems = [str(problem) for problem in content.problems]
        if not problems:
            if fix:
                rewrite(folder, content)
            problems = [*malformed(folder, content), *issues(content)]
        if problems:
            raise CommandError("\n".join(problems))
        self.stdout.write(f"{len(content.packages)} module(s) checked")


def site_files(content: Folder) -> Files:
    files = {"settings.yaml": content.settings, "glossary.yaml": content.glossary}
    return {name: text_of(file) for name, file in files.items() if file}


def rewrite(folder: Path, content: Folder) -> None:
    for name, data in site_files(content).items():
        (folder / name).write_bytes(data)
    for package in content.packages:
        write_package(folder / package.module.key, canonical(package))


def malformed(folder: Path, content: Folder) -> Iterator[str]:
    wanted = site_files(content)
    for package in content.packages:
        key = package.module.key
        files = canonical(package)
        wanted |= {f"{key}/{name}": data for name, data in files.items()}
        for name in sorted(files_in(folder / key) - files.keys()):
            yield f"{key}/{name}:1: not a name that export_content gives; check_content --fix mends it"
    for name, data in wanted.items():
        path = folder / name
        now = path.read_bytes() if path.exists() else b""
        if now != data:
            line = _first_difference(now, data)
            yield f"{name}:{line}: not in the form that export_content gives; check_content --fix mends it"


def _first_difference(now: bytes, then: bytes) -> int:
    """The line, counted from 1."""
    lines = zip(now.split(b"\n"), then.split(b"\n"), strict=False)
    return next((number for number, (one, other) in enumerate(lines, start=1) if one != other), 1)


def issues(content: Folder) -> list[str]:
    """Reasons not to publish, found by importing into a transaction that is taken back."""
    found: list[str] = []
    with transaction.atomic():
        if content.settings:
            importing.import_settings(file=content.settings, by=None)
        for package in content.packages:
            module = importing.import_package(package=package, by=None, keep_files=False).module
            found += [
                f"{module.key}/module.yaml:1: {issue}"
                for issue in Draft(module).issues()
                if issue.code not in _NOT_OF_A_PACKAGE
            ]
        transaction.set_rollback(True)
    return found
