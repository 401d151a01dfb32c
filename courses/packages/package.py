"""A module's folder, read whole and checked across its files. Pure."""

from operator import attrgetter
from pathlib import Path
from typing import Any

import msgspec

from courses.packages import schema
from courses.packages.cross_check import CrossCheck
from courses.packages.problems import Problem
from courses.packages.reader import YamlFile


class Package(msgspec.Struct, frozen=True):
    """`pictures` holds the content of every picture and download, by the name that blocks give it."""

    module: schema.ModuleFile
    sources: list[schema.Source] = []
    lessons: list[schema.LessonFile] = []
    cases: list[schema.CaseFile] = []
    questions: list[schema.Question] = []
    survey: schema.SurveyFile | None = None
    translations: list[schema.Translation] = []
    pictures: dict[str, bytes] = {}


class Loader:
    """Reads a folder; `problems` holds everything found, in every file."""

    def __init__(self, folder: Path, known_settings: set[str]) -> None:
        self.folder, self.known_settings = folder, known_settings
        self.problems: list[Problem] = []
        self.files: list[tuple[YamlFile, Any]] = []

    def load(self) -> Package | None:
        module = self._one("module.yaml", schema.ModuleFile)
        sources = self._optional("sources.yaml", schema.SourcesFile)
        survey = self._optional("survey.yaml", schema.SurveyFile)
        translations = self._optional("translations.yaml", schema.TranslationsFile)
        lessons = self._many("lessons", schema.LessonFile)
        cases = self._many("cases", schema.CaseFile)
        banks = self._many("bank", schema.BankFile)
        if not any(file.problems for file, _value in self.files):
            CrossCheck(self.folder, self.files, self.known_settings).run()
        found = [problem for file, _value in self.files for problem in file.problems]
        self.problems = sorted(found, key=attrgetter("file", "line"))
        if self.problems:
            return None
        return Package(
            module=module,
            sources=sources.sources if sources else [],
            lessons=lessons,
            cases=cases,
            questions=[question for bank in banks for question in bank.questions],
            survey=survey,
            translations=translations.translations if translations else [],
            pictures={
                name: (self.folder / name).read_bytes()
                for lesson in lessons
                for block in lesson.blocks
                for name in names_of_files(block)
            },
        )

    def _one(self, name: str, kind: type) -> Any:
        file = YamlFile(self.folder / name, f"{self.folder.name}/{name}")
        value = file.read(kind)
        self.files.append((file, value))
        return value

    def _optional(self, name: str, kind: type) -> Any:
        return self._one(name, kind) if (self.folder / name).exists() else None

    def _many(self, folder: str, kind: type) -> list[Any]:
        names = sorted(path.name for path in (self.folder / folder).glob("*.yaml"))
        return [self._one(f"{folder}/{name}", kind) for name in names]


def names_of_files(block: schema.Block) -> list[str]:
    pairs = [words for words in (block.image, block.file) if words]
    return [name for words in pairs for name in (words.en, words.es) if name]
