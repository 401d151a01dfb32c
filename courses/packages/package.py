"""A module's folder, read whole and checked across its files. Pure."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from courses.packages import schema
from courses.packages.pictures import picture_problem
from courses.packages.reader import Problem, YamlFile


class Package(msgspec.Struct, frozen=True):
    folder: Path
    module: schema.ModuleFile
    sources: list[schema.Source]
    lessons: list[schema.LessonFile]
    cases: list[schema.CaseFile]
    questions: list[schema.Question]
    survey: schema.SurveyFile


class Loader:
    """Reads a folder; `problems` holds everything found, in every file."""

    def __init__(self, folder: Path, known_settings: set[str]) -> None:
        self.folder, self.known_settings = folder, known_settings
        self.problems: list[Problem] = []
        self.files: list[tuple[YamlFile, Any]] = []

    def load(self) -> Package | None:
        module = self._one("module.yaml", schema.ModuleFile)
        sources = self._one("sources.yaml", schema.SourcesFile)
        survey = self._one("survey.yaml", schema.SurveyFile)
        lessons = self._many("lessons", schema.LessonFile)
        cases = self._many("cases", schema.CaseFile)
        banks = self._many("bank", schema.BankFile)
        if not any(file.problems for file, _value in self.files):
            CrossCheck(self.folder, self.files, self.known_settings).run()
        self.problems = sorted(problem for file, _value in self.files for problem in file.problems)
        if self.problems:
            return None
        questions = [question for bank in banks for question in bank.questions]
        return Package(self.folder, module, sources.sources, lessons, cases, questions, survey)

    def _one(self, name: str, kind: type) -> Any:
        file = YamlFile(self.folder / name, f"{self.folder.name}/{name}")
        value = file.read(kind)
        self.files.append((file, value))
        return value

    def _many(self, folder: str, kind: type) -> list[Any]:
        names = sorted(path.name for path in (self.folder / folder).glob("*.yaml"))
        return [self._one(f"{folder}/{name}", kind) for name in names]


class CrossCheck:
    """What one file says of another: every name used must be defined, once."""

    def __init__(self, folder: Path, files: list[tuple[YamlFile, Any]], known_settings: set[str]) -> None:
        self.folder, self.files, self.known_settings = folder, files, known_settings

    def run(self) -> None:
        module_file, module = next(self._of(schema.ModuleFile))
        self.settings = set(module.settings)
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
                if step_file.path.stem != step.key:
                    step_file.report(f"“key”: the file is called “{step_file.path.name}”", "key")
        placed = [
            (("sections", place, "steps", spot), key)
            for place, section in enumerate(module.sections)
            for spot, key in enumerate(section.steps)
        ]
        for path, key in placed:
            if key not in defined:
                file.report(f"no lesson, case, test or survey is called “{key}”", *path)
        for key in sorted(set(defined) - {key for _path, key in placed}):
            file.report(f"“{key}” stands in no section", "sections")
        report_twins(file, [key for _path, key in placed], "step", "sections")
        report_twins(file, defined, "step", "sections")
        report_twins(file, [test.stage for test in module.tests], "test stage", "tests")
        self._once("section", [(file, module.sections, "sections")])
        self._once("objective", [(file, module.objectives, "objectives")])
        if not module.released_on <= module.review_on <= module.terminates_on:
            file.report("“review_on” lies between “released_on” and “terminates_on”", "review_on")

    def _lesson(self, file: YamlFile, lesson: schema.LessonFile) -> None:
        self._known(file, lesson.settings, self.settings, "setting", "settings")
        if lesson.objective:
            self._known(file, [lesson.objective], self.objectives, "objective")
        self._once("block", [(file, lesson.blocks, "blocks")])
        for place, block in enumerate(lesson.blocks):
            self._known(file, block.sources, self.sources, "source", "blocks", place, "sources")
            report_twins(file, [option.key for option in [*block.options, *block.items]], "option", "blocks", place)
            report_twins(file, [category.key for category in block.categories], "heading", "blocks", place)
            categories = {category.key for category in block.categories}
            self._known(file, [item.category for item in block.items], categories, "category", "blocks", place, "items")
            for locale in ("en", "es") if block.image else ():
                if problem := picture_problem(self.folder, getattr(block.image, locale)):
                    file.report(problem, "blocks", place, "image", locale)

    def _case(self, file: YamlFile, case: schema.CaseFile) -> None:
        nodes = {node.key for node in case.nodes}
        self._known(file, case.settings, self.settings, "setting", "settings")
        self._known(file, case.sources, self.sources, "source", "sources")
        self._known(file, [case.start], nodes, "node", "start")
        self._once("node", [(file, case.nodes, "nodes")])
        for place, node in enumerate(case.nodes):
            self._known(file, [choice.to for choice in node.choices], nodes, "node", "nodes", place, "choices")
            report_twins(file, [choice.key for choice in node.choices], "choice", "nodes", place)

    def _bank(self, file: YamlFile, bank: schema.BankFile) -> None:
        for place, question in enumerate(bank.questions):
            self._known(file, question.settings, self.settings, "setting", "questions", place, "settings")
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
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        file.report(f"two {what}s are called “{key}”", *path)
