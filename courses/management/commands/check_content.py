from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from courses.management.commands.export_content import write_package
from courses.management.commands.import_content import read_sound_folder
from courses.management.terminal import in_lines, in_terminal_language
from courses.packages.canonical import Files, canonical, files_in, text_of
from courses.packages.folder import Folder
from courses.packages.problems import Message, Problem
from courses.packages.problems import gettext_noop as _
from courses.publishing import Issue
from courses.readiness import Draft
from courses.services import importing

# What no package can hold: sign-offs, and pictures in the storage (the reader has looked at those of the package).
_NOT_OF_A_PACKAGE = {"courses.E014", "courses.E022"}
_OTHER_NAME = Message(_("This file has another name than export_content gives it. “check_content --fix” mends it."))
_OTHER_FORM = Message(_("This file has another form than export_content gives it. “check_content --fix” mends it."))


class Command(BaseCommand):
    help = (
        "Checks the content packages of a folder: every problem by file and line, every reason not to publish, "
        "every file in another form than export_content gives it. Writes nothing; needs a database with tables."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--fix", action="store_true", help="write files in the form export_content gives them")

    def handle(self, *, folder: Path, fix: bool, **options) -> None:
        content = read_sound_folder(folder)
        if fix:
            rewrite(folder, content)
        problems, reasons = malformed(folder, content), issues(content)
        with in_terminal_language():
            lines = [*in_lines(problems), *(f"{module}/module.yaml:1: {reason}" for module, reason in reasons)]
        if lines:
            raise CommandError("\n".join(lines))
        self.stdout.write(f"{len(content.packages)} module(s) checked")


def site_files(content: Folder) -> Files:
    files = {"settings.yaml": content.settings, "glossary.yaml": content.glossary}
    return {name: text_of(file) for name, file in files.items() if file}


def rewrite(folder: Path, content: Folder) -> None:
    for name, data in site_files(content).items():
        (folder / name).write_bytes(data)
    for package in content.packages:
        write_package(folder / package.module.key, canonical(package))


def malformed(folder: Path, content: Folder) -> Iterator[Problem]:
    wanted = site_files(content)
    for package in content.packages:
        key = package.module.key
        files = canonical(package)
        wanted |= {f"{key}/{name}": data for name, data in files.items()}
        for name in sorted(files_in(folder / key) - files.keys()):
            yield Problem(f"{key}/{name}", 1, _OTHER_NAME)
    for name, data in wanted.items():
        path = folder / name
        now = path.read_bytes() if path.exists() else b""
        if now != data:
            yield Problem(name, _first_difference(now, data), _OTHER_FORM)


def _first_difference(now: bytes, then: bytes) -> int:
    """The line, counted from 1."""
    lines = zip(now.split(b"\n"), then.split(b"\n"), strict=False)
    return next((number for number, (one, other) in enumerate(lines, start=1) if one != other), 1)


def issues(content: Folder) -> list[tuple[str, Issue]]:
    """Module and reason not to publish it, found by importing into a transaction that is taken back."""
    found: list[tuple[str, Issue]] = []
    with transaction.atomic():
        if content.settings:
            importing.import_settings(file=content.settings, by=None)
        for package in content.packages:
            module = importing.import_package(package=package, by=None, keep_files=False).module
            reasons = [issue for issue in Draft(module).issues() if issue.code not in _NOT_OF_A_PACKAGE]
            found += [(module.key, reason) for reason in reasons]
        transaction.set_rollback(True)
    return found
