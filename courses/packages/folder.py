"""A folder of packages, read whole: the settings and the glossary of the site, and one folder a module. Pure."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from courses.packages import schema
from courses.packages.cross_check import report_twins
from courses.packages.package import Loader, Package
from courses.packages.problems import Problem
from courses.packages.problems import gettext_noop as _
from courses.packages.reader import YamlFile

_TWO_SETTINGS = _("Two professional settings have the key “%(key)s”.")
_TWO_TERMS = _("Two glossary terms have the key “%(key)s”.")


class Folder(msgspec.Struct, frozen=True):
    """`problems` holds everything found in every file; a module with problems is not among the packages."""

    settings: schema.SettingsFile | None
    glossary: schema.GlossaryFile | None
    packages: list[Package]
    problems: list[Problem]


def read_folder(folder: Path, stored_settings: Callable[[], set[str]]) -> Folder:
    """A folder without settings is read against those that are stored."""
    settings, problems = _site_file(folder, "settings.yaml", schema.SettingsFile, "settings", _TWO_SETTINGS)
    glossary, more = _site_file(folder, "glossary.yaml", schema.GlossaryFile, "terms", _TWO_TERMS)
    known = {setting.key for setting in settings.settings} if settings else stored_settings()
    loaders = [Loader(path.parent, known) for path in sorted(folder.glob("*/module.yaml"))]
    packages = [package for loader in loaders if (package := loader.load())]
    found = [problem for loader in loaders for problem in loader.problems]
    return Folder(settings, glossary, packages, problems + more + found)


def _site_file(folder: Path, name: str, kind: type, rows: str, twins: str) -> tuple:
    path = folder / name
    if not path.exists():
        return None, []
    file = YamlFile(path, name)
    value = file.read(kind)
    if value:
        report_twins(file, [row.key for row in getattr(value, rows)], twins, rows)
    return value, file.problems
