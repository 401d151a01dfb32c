"""A module's folder, read whole and checked across its files. Pure."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from courses.packages import schema
from courses.packages.pictures import file_problem, picture_problem
from courses.packages.reader import Problem, YamlFile


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
        self.problems = sorted(problem for file, _value in self.files for problem in file.problems)
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


class CrossCheck:
    """What one file says of another: every name used must be defined, once."""

    def __init__(self, folder: Path, files: list[tuple[YamlFile, Any]], known_settings: set[str]) -> None:
        self.folder, self.files, self.known_settings = folder, files, known_settings

    def run(self) -> None:
        module_file, module = next(self._of(schema.ModuleFile))
        self.objectives = {objective.key for objective in module.objectives}
        self.sources = {source.key for _file, value in self._of(schema.SourcesFile) for source in value.sources}
        self._module(module_file, module)
        for file, lesson in self._of(schema.LessonFile):
            self._lesson(file, lesson)
        for file, case in self._of(schema.CaseFile):
            self._case(file, case)
        for file, bank in self._of(schema.BankFile):
            self._bank(file, bank)
        for file, survey in self._of(schema.SurveyFile):
            self._survey(file, survey)
        self._once("source", [(file, value.sources, "sources") for file, value in self._of(schema.SourcesFile)])
        self._once("question", [(file, bank.questions, "questions") for file, bank in self._of(schema.BankFile)])

    def _of(self, kind: type) -> Iterator[tuple[YamlFile, Any]]:
        return ((file, value) for file, value in self.files if isinstance(value, kind))

    def _module(self, file: YamlFile, module: schema.ModuleFile) -> None:
        if module.key != self.folder.name:
            file.report(f"“key”: the folder is called “{self.folder.name}”", "key")
        self._known(file, module.settings, self.known_settings, "setting", "settings")
        defined = [test.key for test in module.tests]
        for kind in (schema.LessonFile, schema.CaseFile, schema.SurveyFile):
            for step_file, step in self._of(kind):
                defined.append(step.key)
                if kind is not schema.SurveyFile and step_file.path.stem != step.key:
                    step_file.report(f"“key”: the file is called “{step_file.path.name}”", "key")
        placed = [
            (("sections", place, "steps", spot), key)
            for place, section in enumerate(module.sections)
            for spot, key in enumerate(section.steps)
        ]
        known = set(defined)
        for path, key in placed:
            if key not in known:
                file.report(f"no lesson, case, test or survey is called “{key}”", *path)
        for key in sorted(known - {key for _path, key in placed}):
            file.report(f"“{key}” stands in no section", "sections")
        report_twins(file, [key for _path, key in placed], "step", "sections")
        report_twins(file, defined, "step", "sections")
        report_twins(file, [test.stage for test in module.tests], "test stage", "tests")
        self._once("section", [(file, module.sections, "sections")])
        self._once("objective", [(file, module.objectives, "objectives")])
        if not module.released_on <= module.review_on <= module.terminates_on:
            file.report("“review_on” lies between “released_on” and “terminates_on”", "review_on")

    def _lesson(self, file: YamlFile, lesson: schema.LessonFile) -> None:
        self._known(file, lesson.settings, self.known_settings, "setting", "settings")
        if lesson.objective:
            self._known(file, [lesson.objective], self.objectives, "objective", "objective")
        self._once("block", [(file, lesson.blocks, "blocks")])
        for place, block in enumerate(lesson.blocks):
            self._known(file, block.sources, self.sources, "source", "blocks", place, "sources")
            report_twins(file, [option.key for option in [*block.options, *block.items]], "option", "blocks", place)
            report_twins(file, [category.key for category in block.categories], "heading", "blocks", place)
            categories = {category.key for category in block.categories}
            named = [item.category for item in block.items if item.category]
            self._known(file, named, categories, "category", "blocks", place, "items")
            self._files(file, block, place)

    def _files(self, file: YamlFile, block: schema.Block, place: int) -> None:
        for name, words, problem_of in (("image", block.image, picture_problem), ("file", block.file, file_problem)):
            for locale in ("en", "es") if words else ():
                path = getattr(words, locale)
                if path and (problem := problem_of(self.folder, path)):
                    file.report(problem, "blocks", place, name, locale)

    def _case(self, file: YamlFile, case: schema.CaseFile) -> None:
        nodes = {node.key for node in case.nodes}
        self._known(file, case.settings, self.known_settings, "setting", "settings")
        self._known(file, case.sources, self.sources, "source", "sources")
        self._known(file, [case.start] if case.start else [], nodes, "node", "start")
        self._once("node", [(file, case.nodes, "nodes")])
        for place, node in enumerate(case.nodes):
            self._known(file, [choice.to for choice in node.choices], nodes, "node", "nodes", place, "choices")
            report_twins(file, [choice.key for choice in node.choices], "choice", "nodes", place)

    def _bank(self, file: YamlFile, bank: schema.BankFile) -> None:
        for place, question in enumerate(bank.questions):
            self._known(file, question.settings, self.known_settings, "setting", "questions", place, "settings")
            self._known(file, question.sources, self.sources, "source", "questions", place, "sources")
            self._known(file, [question.objective], self.objectives, "objective", "questions", place, "objective")
            report_twins(file, [option.key for option in question.options], "option", "questions", place)

    def _survey(self, file: YamlFile, survey: schema.SurveyFile) -> None:
        self._once("item", [(file, survey.items, "items")])
        for place, item in enumerate(survey.items):
            report_twins(file, [option.key for option in item.options], "option", "items", place)

    def _known(self, file: YamlFile, keys: list[str], known: set[str], what: str, *path: str | int) -> None:
        for place, key in enumerate(keys):
            if key not in known:
                file.report(f"no {what} is called “{key}”", *path, place)

    def _once(self, what: str, groups: list[tuple[YamlFile, list, str]]) -> None:
        met: set[str] = set()
        for file, items, name in groups:
            for place, item in enumerate(items):
                if item.key in met:
                    file.report(f"two {what}s are called “{item.key}”", name, place)
                met.add(item.key)


def report_twins(file: YamlFile, keys: list[str], what: str, *path: str | int) -> None:
    for key in sorted(key for key, times in Counter(keys).items() if times > 1):
        file.report(f"two {what}s are called “{key}”", *path)
