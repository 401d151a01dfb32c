"""What the files of a module say of each other: every name used must be defined, once. Pure."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from courses.offer_rules import contradictions
from courses.packages import schema
from courses.packages.pictures import file_problem, picture_problem
from courses.packages.problems import gettext_noop as _
from courses.packages.reader import YamlFile

_NO_SETTING = _("There is no professional setting “%(key)s”.")
_NO_OBJECTIVE = _("The module has no objective “%(key)s”.")
_NO_SOURCE = _("The module has no source “%(key)s”.")
_NO_STEP = _("There is no lesson, case, test or survey “%(key)s”.")
_NO_CATEGORY = _("This exercise has no category “%(key)s”.")
_NO_SCENE = _("This case has no scene “%(key)s”.")
_TWO_SECTIONS = _("Two sections have the key “%(key)s”.")
_TWO_OBJECTIVES = _("Two objectives have the key “%(key)s”.")
_TWO_OFFERS = _("Two offers have the key “%(key)s”.")
_NAMED_TWICE = _("“%(key)s” stands in this list twice.")
_TWO_SOURCES = _("Two sources have the key “%(key)s”.")
_TWO_STEPS = _("Two steps have the key “%(key)s”.")
_TWO_STAGES = _("Two tests have the stage “%(key)s”.")
_TWO_BLOCKS = _("Two blocks have the key “%(key)s”.")
_TWO_OPTIONS = _("Two options have the key “%(key)s”.")
_TWO_CATEGORIES = _("Two categories have the key “%(key)s”.")
_TWO_SCENES = _("Two scenes have the key “%(key)s”.")
_TWO_CHOICES = _("Two choices have the key “%(key)s”.")
_TWO_QUESTIONS = _("Two questions have the key “%(key)s”.")
_TWO_SURVEY_QUESTIONS = _("Two survey questions have the key “%(key)s”.")
_PLACED_TWICE = _("“%(key)s” stands in the sections twice.")
_CONTRADICTIONS = {
    "amount": _("A certificate of completion has no “amount”."),
    "ends_on": _("“ends_on” must not lie before “starts_on”."),
    "needs_nabp": _("Only an offer of the type “acpe” may ask for the NABP e-Profile (“needs_nabp”)."),
}
_OTHER_FILE = _("“key” must be the name of the file, “%(file)s”, without its ending.")


class CrossCheck:
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
        self._once(_TWO_SOURCES, [(file, value.sources, "sources") for file, value in self._of(schema.SourcesFile)])
        self._once(_TWO_QUESTIONS, [(file, bank.questions, "questions") for file, bank in self._of(schema.BankFile)])

    def _of(self, kind: type) -> Iterator[tuple[YamlFile, Any]]:
        return ((file, value) for file, value in self.files if isinstance(value, kind))

    def _module(self, file: YamlFile, module: schema.ModuleFile) -> None:
        if module.key != self.folder.name:
            file.report(_("“key” must be the name of the folder, “%(folder)s”."), "key", folder=self.folder.name)
        self._known(file, module.settings, self.known_settings, _NO_SETTING, "settings")
        defined = [test.key for test in module.tests]
        for kind in (schema.LessonFile, schema.CaseFile, schema.SurveyFile):
            for step_file, step in self._of(kind):
                defined.append(step.key)
                if kind is not schema.SurveyFile and step_file.path.stem != step.key:
                    step_file.report(_OTHER_FILE, "key", file=step_file.path.name)
        placed = [
            (("sections", place, "steps", spot), key)
            for place, section in enumerate(module.sections)
            for spot, key in enumerate(section.steps)
        ]
        known = set(defined)
        for path, key in placed:
            if key not in known:
                file.report(_NO_STEP, *path, key=key)
        for key in sorted(known - {key for _path, key in placed}):
            file.report(_("“%(key)s” stands in no section."), "sections", key=key)
        report_twins(file, [key for _path, key in placed], _PLACED_TWICE, "sections")
        report_twins(file, defined, _TWO_STEPS, "sections")
        report_twins(file, [test.stage for test in module.tests], _TWO_STAGES, "tests")
        self._once(_TWO_SECTIONS, [(file, module.sections, "sections")])
        self._once(_TWO_OBJECTIVES, [(file, module.objectives, "objectives")])
        if not module.released_on <= module.review_on <= module.terminates_on:
            file.report(_("“review_on” must lie between “released_on” and “terminates_on”."), "review_on")

        self._offers(file, module.offers)

    def _offers(self, file: YamlFile, offers: list[schema.Offer]) -> None:
        self._once(_TWO_OFFERS, [(file, offers, "offers")])
        for place, offer in enumerate(offers):
            report_twins(file, offer.professions, _NAMED_TWICE, "offers", place, "professions")
            report_twins(file, offer.languages, _NAMED_TWICE, "offers", place, "languages")
            rules = {name: getattr(offer, name) for name in ("amount", "needs_nabp", "starts_on", "ends_on")}
            for column in contradictions(offer.type, **rules):
                file.report(_CONTRADICTIONS[column], "offers", place, column)

    def _lesson(self, file: YamlFile, lesson: schema.LessonFile) -> None:
        self._known(file, lesson.settings, self.known_settings, _NO_SETTING, "settings")
        if lesson.objective:
            self._known(file, [lesson.objective], self.objectives, _NO_OBJECTIVE, "objective")
        self._once(_TWO_BLOCKS, [(file, lesson.blocks, "blocks")])
        for place, block in enumerate(lesson.blocks):
            self._known(file, block.sources, self.sources, _NO_SOURCE, "blocks", place, "sources")
            report_twins(file, [option.key for option in [*block.options, *block.items]], _TWO_OPTIONS, "blocks", place)
            report_twins(file, [category.key for category in block.categories], _TWO_CATEGORIES, "blocks", place)
            categories = {category.key for category in block.categories}
            named = [item.category for item in block.items if item.category]
            self._known(file, named, categories, _NO_CATEGORY, "blocks", place, "items")
            self._files(file, block, place)

    def _files(self, file: YamlFile, block: schema.Block, place: int) -> None:
        for name, words, problem_of in (("image", block.image, picture_problem), ("file", block.file, file_problem)):
            for locale in ("en", "es") if words else ():
                path = getattr(words, locale)
                if path and (problem := problem_of(self.folder, path)):
                    file.report(problem.sentence, "blocks", place, name, locale, **problem.values)

    def _case(self, file: YamlFile, case: schema.CaseFile) -> None:
        nodes = {node.key for node in case.nodes}
        self._known(file, case.settings, self.known_settings, _NO_SETTING, "settings")
        self._known(file, case.sources, self.sources, _NO_SOURCE, "sources")
        self._known(file, [case.start] if case.start else [], nodes, _NO_SCENE, "start")
        self._once(_TWO_SCENES, [(file, case.nodes, "nodes")])
        for place, node in enumerate(case.nodes):
            self._known(file, [choice.to for choice in node.choices], nodes, _NO_SCENE, "nodes", place, "choices")
            report_twins(file, [choice.key for choice in node.choices], _TWO_CHOICES, "nodes", place)

    def _bank(self, file: YamlFile, bank: schema.BankFile) -> None:
        for place, question in enumerate(bank.questions):
            self._known(file, question.settings, self.known_settings, _NO_SETTING, "questions", place, "settings")
            self._known(file, question.sources, self.sources, _NO_SOURCE, "questions", place, "sources")
            self._known(file, [question.objective], self.objectives, _NO_OBJECTIVE, "questions", place, "objective")
            report_twins(file, [option.key for option in question.options], _TWO_OPTIONS, "questions", place)

    def _survey(self, file: YamlFile, survey: schema.SurveyFile) -> None:
        self._once(_TWO_SURVEY_QUESTIONS, [(file, survey.items, "items")])
        for place, item in enumerate(survey.items):
            report_twins(file, [option.key for option in item.options], _TWO_OPTIONS, "items", place)

    def _known(self, file: YamlFile, keys: list[str], known: set[str], missing: str, *path: str | int) -> None:
        for place, key in enumerate(keys):
            if key not in known:
                file.report(missing, *path, place, key=key)

    def _once(self, twins: str, groups: list[tuple[YamlFile, list, str]]) -> None:
        met: set[str] = set()
        for file, items, name in groups:
            for place, item in enumerate(items):
                if item.key in met:
                    file.report(twins, name, place, key=item.key)
                met.add(item.key)


def report_twins(file: YamlFile, keys: list[str], twins: str, *path: str | int) -> None:
    for key in sorted(key for key, times in Counter(keys).items() if times > 1):
        file.report(twins, *path, key=key)
