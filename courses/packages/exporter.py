"""A draft as a package: the inverse of the importer. Archived rows are left out; words not yet written are empty."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.files.storage import default_storage

from courses.choices import LOCALES, BlockKind, StepKind
from courses.models import Module, Setting, Term
from courses.packages import schema
from courses.packages.canonical import Files, canonical, text_of
from courses.packages.memories import translations_of_package
from courses.packages.package import Package, names_of_files
from courses.packages.rows import OWNERS, Rows
from courses.parts import PARTS

_STORED = re.compile(r"figures/\w+\.(svg|webp)|files/\w+\.pdf")


def export(module: Module) -> Files:
    """Path within the module's folder → content, sorted by path."""
    return canonical(package_of(module))


def export_settings() -> bytes:
    settings = Setting.live.order_by("position", "id")
    return text_of(
        schema.SettingsFile(
            settings=[schema.Setting(key=row.key, icon=row.icon, **_words(row, "name", "places")) for row in settings]
        )
    )


def export_glossary() -> bytes | None:
    """None for a glossary without terms."""
    terms = [
        schema.Term(key=row.key, note=row.note, **_words(row, "name", "avoid"))
        for row in Term.live.order_by("position", "id")
    ]
    return text_of(schema.GlossaryFile(terms=terms)) if terms else None


def package_of(module: Module) -> Package:
    return _Exporter(Rows.of_module(module)).package()


def _words(row: Any, *names: str) -> dict[str, schema.Words]:
    return {
        name: schema.Words(**{locale: getattr(row, f"{name}_{locale}") or "" for locale in LOCALES}) for name in names
    }


class _Exporter:
    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.inside: dict[tuple[str, int | None], list[Any]] = defaultdict(list)
        for name, owner in OWNERS.items():
            for row in rows.live(name):
                self.inside[name, getattr(row, f"{owner.column}_id")].append(row)

    def package(self) -> Package:
        steps = [step for section in self.rows.live("section") for step in self.inside["step", section.pk]]
        lessons = [self.lesson(step) for step in steps if step.kind == StepKind.LESSON]
        survey = next((self.survey(step) for step in steps if step.kind == StepKind.SURVEY), None)
        return Package(
            module=self.module([step for step in steps if step.kind == StepKind.TEST]),
            sources=[
                schema.Source(key=row.key, url=row.url, checked_on=row.checked_on, **_words(row, "citation"))
                for row in self.rows.live("source")
            ],
            lessons=lessons,
            cases=[self.case(step) for step in steps if step.kind == StepKind.CASE],
            questions=[self.question(row) for row in self.inside["question", None]],
            survey=survey,
            translations=translations_of_package(self.rows),
            pictures=_contents(name for lesson in lessons for block in lesson.blocks for name in names_of_files(block)),
        )

    def module(self, tests: list[Any]) -> schema.ModuleFile:
        row = self.rows.module
        plain = ("key", "source_locale", "pass_mark", "attempts_allowed", "released_on", "review_on", "terminates_on")
        texts = ("title", "summary", "description", "audience", "authors", "provider", "credit", "statement")
        asked = {question.objective_id for question in self.inside["question", None]}
        return schema.ModuleFile(
            **{name: getattr(row, name) for name in plain},
            **_words(row, *texts),
            sign_offs=row.sign_offs,
            settings=self.keys("module", row, "settings"),
            objectives=[
                schema.Objective(key=other.key, archived=other.archived, **_words(other, "text"))
                for other in self.rows.by_number["objective"].values()
                if not other.archived or other.pk in asked
            ],
            offers=[self.offer(other) for other in self.rows.live("offer")],
            sections=[
                schema.Section(
                    key=section.key,
                    accent=section.accent,
                    steps=[step.key for step in self.inside["step", section.pk]],
                    **_words(section, "title"),
                )
                for section in self.rows.live("section")
            ],
            tests=[
                schema.Test(key=step.key, stage=step.stage, minutes=step.minutes, **_words(step, "title", "intro"))
                for step in tests
            ],
        )

    def offer(self, row: Any) -> schema.Offer:
        plain = {name: self.rows.value("offer", row, name) for name in PARTS["offer"].plain}
        plain |= {"starts_on": row.starts_on, "ends_on": row.ends_on}
        return schema.Offer(key=row.key, **plain, **_words(row, *PARTS["offer"].words))

    def keys(self, name: str, row: Any, column: str) -> list[str]:
        return self.rows.value(name, row, column)

    def lesson(self, step: Any) -> schema.LessonFile:
        return schema.LessonFile(
            key=step.key,
            settings=self.keys("step", step, "settings"),
            objective=self.rows.value("step", step, "objective"),
            minutes=step.minutes,
            **_words(step, "title", "content_note", "summary"),
            blocks=[self.block(row) for row in self.inside["block", step.pk]],
        )

    def block(self, row: Any) -> schema.Block:
        [question, *_] = [*self.inside["question", row.pk], None]
        exercise = self.exercise(question) if question and row.kind in (BlockKind.CHECK, BlockKind.SORT) else {}
        return schema.Block(
            key=row.key,
            kind=row.kind,
            sources=self.keys("block", row, "sources"),
            **_words(row, "heading", "body", "image", "file", "alt", "caption", "credit"),
            **exercise,
        )

    def exercise(self, question: Any) -> dict[str, Any]:
        categories = self.inside["category", question.pk]
        exercise = {
            "multiple": question.multiple,
            **_words(question, "stem"),
            "categories": [schema.Category(key=row.key, **_words(row, "text")) for row in categories],
        }
        if question.block_id and self.rows.by_number["block"][question.block_id].kind == BlockKind.SORT:
            items = [
                schema.SortItem(
                    key=row.key, category=self.rows.value("option", row, "category"), **_words(row, "text", "feedback")
                )
                for row in self.inside["option", question.pk]
            ]
            return exercise | {"items": items}
        return exercise | {"options": self.options(question)}

    def options(self, question: Any) -> list[schema.Option]:
        return [
            schema.Option(key=row.key, correct=row.correct, **_words(row, "text", "feedback"))
            for row in self.inside["option", question.pk]
        ]

    def case(self, step: Any) -> schema.CaseFile:
        nodes = self.inside["node", step.pk]
        led_to = {choice.to_id for node in nodes for choice in self.inside["choice", node.pk]}
        gone = [
            row
            for row in self.rows.by_number["node"].values()
            if row.step_id == step.pk and row.archived and (row.pk in led_to or row.key == step.start)
        ]
        keys = {row.key for row in [*nodes, *gone]}
        return schema.CaseFile(
            key=step.key,
            settings=self.keys("step", step, "settings"),
            minutes=step.minutes,
            sources=self.keys("step", step, "sources"),
            start=step.start if step.start in keys else None,
            **_words(step, "title", "content_note", "summary"),
            nodes=[self.node(row) for row in [*nodes, *gone]],
        )

    def node(self, row: Any) -> schema.Node:
        return schema.Node(
            key=row.key,
            archived=row.archived,
            ending=row.ending or None,
            **_words(row, "body"),
            choices=[
                schema.Choice(
                    key=choice.key,
                    to=self.rows.by_number["node"][choice.to_id].key,
                    **_words(choice, "text", "feedback"),
                )
                for choice in self.inside["choice", row.pk]
            ],
        )

    def question(self, row: Any) -> schema.Question:
        return schema.Question(
            key=row.key,
            form=row.form,
            objective=self.rows.by_number["objective"][row.objective_id].key,
            settings=self.keys("question", row, "settings"),
            multiple=row.multiple,
            sources=self.keys("question", row, "sources"),
            options=self.options(row),
            **_words(row, "stem", "explanation"),
        )

    def survey(self, step: Any) -> schema.SurveyFile:
        return schema.SurveyFile(
            key=step.key,
            minutes=step.minutes,
            **_words(step, "title", "intro"),
            items=[
                schema.SurveyItem(
                    key=item.key,
                    kind=item.kind,
                    **_words(item, "prompt", "low", "high"),
                    options=[
                        schema.SurveyOption(key=row.key, **_words(row, "text"))
                        for row in self.inside["survey-option", item.pk]
                    ],
                )
                for item in self.inside["survey-item", step.pk]
            ],
        )


def _contents(names: Iterable[str]) -> dict[str, bytes]:
    """Of the pictures and downloads that are there: the column of a block says nothing about other files."""
    found = {}
    for name in names:
        if _STORED.fullmatch(name) and default_storage.exists(name):
            with default_storage.open(name) as file:
                found[name] = file.read()
    return found
