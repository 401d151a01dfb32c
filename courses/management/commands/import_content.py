from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from courses.models import Setting
from courses.packages import schema
from courses.packages.importer import import_package, import_settings
from courses.packages.package import Loader, Package, report_twins
from courses.packages.reader import Problem, YamlFile


class Command(BaseCommand):
    help = "Reads the content packages of a folder into drafts; names every problem by file and line."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--check", action="store_true", help="only read, write nothing")

    def handle(self, *, folder: Path, check: bool, **options) -> None:
        settings, packages, problems = read_folder(folder)
        if problems:
            raise CommandError("\n".join(str(problem) for problem in problems))
        if not check:
            if settings:
                import_settings(settings)
            for package in packages:
                import_package(package)
        self.stdout.write(f"{len(packages)} module(s) {'checked' if check else 'imported'}")


def read_folder(folder: Path) -> tuple[schema.SettingsFile | None, list[Package], list[Problem]]:
    if not folder.is_dir():
        raise CommandError(f"{folder} is not a folder")
    file = YamlFile(folder / "settings.yaml", "settings.yaml")
    settings = file.read(schema.SettingsFile) if file.path.exists() else None
    if settings:
        report_twins(file, [setting.key for setting in settings.settings], "setting", "settings")
    known = {setting.key for setting in settings.settings} if settings else _stored_settings()
    loaders = [Loader(path.parent, known) for path in sorted(folder.glob("*/module.yaml"))]
    packages = [loader.load() for loader in loaders]
    problems = file.problems + [problem for loader in loaders for problem in loader.problems]
    return settings, [package for package in packages if package], problems


def _stored_settings() -> set[str]:
    return set(Setting.objects.values_list("key", flat=True))
