"""Makes the drafts say exactly what a package says; running it again changes nothing."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction

from courses.choices import LOCALES, BlockKind, StepKind
from courses.models import (
    Block,
    CaseChoice,
    CaseNode,
    Category,
    Module,
    Objective,
    Option,
    Question,
    Section,
    Setting,
    Source,
    Step,
    SurveyItem,
    SurveyOption,
)
from courses.packages import schema
from courses.packages.package import Package

Fields = dict[str, Any]


def words(**texts: schema.Words | None) -> Fields:
    """Translated columns by their suffixed names; a text that was left out is empty."""
    return {
        f"{name}_{locale}": getattr(text, locale).strip() if text else ""
        for name, text in texts.items()
        for locale in LOCALES
    }


@transaction.atomic
def import_settings(file: schema.SettingsFile) -> None:
    Rows().sync(Setting, {}, ((s.key, {"icon": s.icon, **words(name=s.name, places=s.places)}) for s in file.settings))


@transaction.atomic
def import_package(package: Package) -> Module:
    return ModuleImport(package).run()


class Rows:
    """Rows brought in line with a list; what the list no longer names is deleted at the end, children first."""

    def __init__(self) -> None:
        self.leftovers: list[models.QuerySet] = []

    def sync(self, model: type[models.Model], parent: Fields, entries: Iterable[tuple[str, Fields]]) -> dict[str, Any]:
        existing = {row.key: row for row in model.objects.filter(**parent)}
        kept = {}
        for position, (key, fields) in enumerate(entries, start=1):
            row = existing.pop(key, None) or model(key=key, **parent)
            kept[key] = _saved(row, {"position": position, **fields})
        if existing:
            self.leftovers.append(model.objects.filter(pk__in=[row.pk for row in existing.values()]))
        return kept

    def prune(self) -> None:
        for rows in reversed(self.leftovers):
            rows.delete()


def _saved(row: models.Model, fields: Fields) -> models.Model:
    changed = {name: value for name, value in fields.items() if getattr(row, name) != value}
    if changed or row.pk is None:
        for name, value in changed.items():
            setattr(row, name, value)
        row.save()
    return row


class ModuleImport:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.rows = Rows()
        self.settings = {setting.key: setting for setting in Setting.objects.all()}

    def run(self) -> Module:
        self.module = self._module(self.package.module)
        parent = {"module": self.module}
        self.objectives = self.rows.sync(
            Objective, parent, ((o.key, words(text=o.text)) for o in self.package.module.objectives)
        )
        self.sources = self.rows.sync(
            Source,
            parent,
            (
                (s.key, {"url": s.url, "checked_on": s.checked_on, **words(citation=s.citation)})
                for s in self.package.sources
            ),
        )
        self._steps()
        self._bank()
        self.rows.prune()
        return self.module

    def _module(self, file: schema.ModuleFile) -> Module:
        module = Module.objects.filter(key=file.key).first() or Module(key=file.key)
        plain = ("pass_mark", "attempts_allowed", "released_on", "review_on", "terminates_on")
        texts = ("title", "summary", "description", "audience", "authors", "provider", "credit", "statement")
        _saved(
            module,
            {name: getattr(file, name) for name in plain} | words(**{name: getattr(file, name) for name in texts}),
        )
        module.settings.set([self.settings[key] for key in file.settings])
        return module

    def _steps(self) -> None:
        package = self.package
        files = {file.key: file for file in [*package.lessons, *package.cases, *package.module.tests, package.survey]}
        sections = self.rows.sync(
            Section,
            {"module": self.module},
            ((s.key, {"accent": s.accent, **words(title=s.title)}) for s in package.module.sections),
        )
        # A module has one survey and one test a stage: the old one must make room before its successor comes.
        self.module.steps.exclude(key__in=files).delete()
        placed = [(files[key], sections[section.key]) for section in package.module.sections for key in section.steps]
        steps = self.rows.sync(
            Step,
            {"module": self.module},
            ((file.key, {"section_id": section.pk, **self._step_fields(file)}) for file, section in placed),
        )
        for file, _section in placed:
            self._children(steps[file.key], file)

    def _step_fields(self, file: Any) -> Fields:
        kinds = {
            schema.LessonFile: StepKind.LESSON,
            schema.CaseFile: StepKind.CASE,
            schema.Test: StepKind.TEST,
            schema.SurveyFile: StepKind.SURVEY,
        }
        texts = ("title", "content_note", "summary", "intro")
        objective = self.objectives.get(getattr(file, "objective", None))
        return {
            "kind": kinds[type(file)],
            "minutes": file.minutes,
            "stage": getattr(file, "stage", ""),
            "start": getattr(file, "start", ""),
            "objective_id": objective.pk if objective else None,
            **words(**{name: getattr(file, name, None) for name in texts}),
        }

    def _children(self, step: Step, file: Any) -> None:
        step.settings.set([self.settings[key] for key in getattr(file, "settings", [])])
        if isinstance(file, schema.LessonFile):
            self._blocks(step, file.blocks)
        elif isinstance(file, schema.CaseFile):
            step.sources.set([self.sources[key] for key in file.sources])
            self._nodes(step, file.nodes)
        elif isinstance(file, schema.SurveyFile):
            self._survey_items(step, file.items)

    def _blocks(self, step: Step, blocks: list[schema.Block]) -> None:
        texts = ("heading", "body", "alt", "caption", "credit")
        rows = self.rows.sync(
            Block,
            {"step": step},
            (
                (b.key, {"kind": b.kind, **words(**{name: getattr(b, name) for name in texts}), **self._images(b)})
                for b in blocks
            ),
        )
        for block in blocks:
            row = rows[block.key]
            row.sources.set([self.sources[key] for key in block.sources])
            if block.kind in (BlockKind.CHECK, BlockKind.SORT):
                self._check(step, row, block)

    def _images(self, block: schema.Block) -> Fields:
        return {
            f"image_{locale}": store_picture(self.package.folder / getattr(block.image, locale)) if block.image else ""
            for locale in LOCALES
        }

    def _check(self, step: Step, row: Block, block: schema.Block) -> None:
        # Keys hold no double hyphen, so the made-up key can meet no question of the bank.
        question, _created = Question.objects.get_or_create(
            block=row, defaults={"module": self.module, "key": f"{step.key}--{block.key}"}
        )
        _saved(question, {"multiple": block.multiple, **words(stem=block.stem)})
        categories = self.rows.sync(
            Category, {"question": question}, ((c.key, words(text=c.text)) for c in block.categories)
        )
        options = [
            (o.key, {"correct": o.correct, "category_id": None, **words(text=o.text, feedback=o.feedback)})
            for o in block.options
        ]
        items = [
            (i.key, {"category_id": categories[i.category].pk, **words(text=i.text, feedback=i.feedback)})
            for i in block.items
        ]
        self.rows.sync(Option, {"question": question}, options + items)

    def _nodes(self, step: Step, nodes: list[schema.Node]) -> None:
        rows = self.rows.sync(
            CaseNode, {"step": step}, ((n.key, {"ending": n.ending or "", **words(body=n.body)}) for n in nodes)
        )
        for node in nodes:
            self.rows.sync(
                CaseChoice,
                {"node": rows[node.key]},
                ((c.key, {"to_id": rows[c.to].pk, **words(text=c.text, feedback=c.feedback)}) for c in node.choices),
            )

    def _survey_items(self, step: Step, items: list[schema.SurveyItem]) -> None:
        rows = self.rows.sync(
            SurveyItem,
            {"step": step},
            ((i.key, {"kind": i.kind, **words(prompt=i.prompt, low=i.low, high=i.high)}) for i in items),
        )
        for item in items:
            self.rows.sync(SurveyOption, {"item": rows[item.key]}, ((o.key, words(text=o.text)) for o in item.options))

    def _bank(self) -> None:
        rows = self.rows.sync(
            Question,
            {"module": self.module, "block": None},
            (
                (
                    q.key,
                    {
                        "form": q.form,
                        "objective_id": self.objectives[q.objective].pk,
                        "multiple": q.multiple,
                        **words(stem=q.stem, explanation=q.explanation),
                    },
                )
                for q in self.package.questions
            ),
        )
        for question in self.package.questions:
            row = rows[question.key]
            row.settings.set([self.settings[key] for key in question.settings])
            row.sources.set([self.sources[key] for key in question.sources])
            self.rows.sync(
                Option,
                {"question": row},
                ((o.key, {"correct": o.correct, **words(text=o.text, feedback=o.feedback)}) for o in question.options),
            )


def store_picture(path: Path) -> str:
    """The storage name of a picture: named by its content, so a name never comes to mean another picture."""
    data = path.read_bytes()
    name = f"figures/{sha256(data).hexdigest()[:32]}{path.suffix}"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(data))
    return name
