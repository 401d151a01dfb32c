from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from courses.models import Module
from courses.packages.canonical import Files, files_in
from courses.packages.exporter import export, export_glossary, export_settings


class Command(BaseCommand):
    help = "Writes drafts as content packages into a folder; what a package no longer holds is removed from its folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("module", nargs="*", help="module keys; every module when none is named")

    def handle(self, *, folder: Path, module: list[str], **options) -> None:
        modules = Module.objects.filter(key__in=module) if module else Module.objects.all()
        for missing in sorted(set(module) - {row.key for row in modules}):
            raise CommandError(f"no module is called {missing}")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "settings.yaml").write_bytes(export_settings())
        if glossary := export_glossary():
            (folder / "glossary.yaml").write_bytes(glossary)
        for row in modules:
            write_package(folder / row.key, export(row))
        self.stdout.write(f"{len(modules)} module(s) exported")


def write_package(folder: Path, files: Files) -> None:
    """Makes the folder hold exactly these files of a package; whatever else lies there stays."""
    for name in files_in(folder) - files.keys():
        (folder / name).unlink()
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
