"""A tiny content folder: as plain data to change, as files to read, as drafts to publish."""

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.db import models

from accounts.models import User
from courses.columns import stamp
from courses.models import Change, Module
from courses.packages.package import Loader, Package
from courses.packages.reader import YamlFile
from courses.packages.schema import SettingsFile
from courses.parts import module_of, part_of
from courses.services.editing import edit
from courses.services.importing import import_package, import_settings
from tests.factories import words

Files = dict[str, Any]

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><path d="M0 0h9"/></svg>'


def setting(key: str) -> dict:
    return {"key": key, "icon": "people", "name": words(key), "places": words(f"places {key}")}


def options(*keys: str) -> list[dict]:
    """The second is right."""
    return [
        {"key": key, "text": words(f"option {key}"), "feedback": words(f"feedback {key}"), "correct": place == 1}
        for place, key in enumerate(keys)
    ]


def lesson(key: str, settings: list[str]) -> dict:
    return {
        "key": key,
        "title": words(f"lesson {key}"),
        "settings": settings,
        "objective": "stop",
        "minutes": 3,
        "content_note": words("note"),
        "summary": words("summary"),
        "blocks": [
            {"key": "intro", "kind": "text", "heading": words("heading"), "body": words("body"), "sources": ["law"]},
            {"key": "scene", "kind": "scene", "body": words("scene")},
            {"key": "note", "kind": "note", "body": words("note")},
            {
                "key": "figure",
                "kind": "figure",
                "image": {"en": "figures/drawing.svg", "es": "figures/drawing.svg"},
                "alt": words("alt"),
            },
            {"key": "pause", "kind": "pause", "body": words("pause")},
            {"key": "check", "kind": "check", "stem": words("check"), "options": options("a", "b")},
            {
                "key": "sort",
                "kind": "sort",
                "stem": words("sort"),
                "categories": [{"key": "one", "text": words("one")}, {"key": "two", "text": words("two")}],
                "items": [
                    {"key": "first", "text": words("first"), "category": "one", "feedback": words("feedback")},
                    {"key": "second", "text": words("second"), "category": "two", "feedback": words("feedback")},
                ],
            },
        ],
    }


def case(key: str, settings: list[str]) -> dict:
    choice = {"key": "ask", "to": "end", "text": words("ask"), "feedback": words("feedback")}
    return {
        "key": key,
        "title": words(f"case {key}"),
        "settings": settings,
        "minutes": 4,
        "summary": words("summary"),
        "sources": ["law"],
        "start": "arrival",
        "nodes": [
            {"key": "arrival", "body": words("arrival"), "choices": [choice]},
            {"key": "end", "body": words("end"), "ending": "strong"},
        ],
    }


def question(key: str, form: str) -> dict:
    return {
        "key": key,
        "form": form,
        "objective": "stop",
        "sources": ["law"],
        "stem": words(f"question {key}"),
        "options": options("a", "b", "c"),
        "explanation": words("explanation"),
    }


def test_step(key: str, stage: str) -> dict:
    return {"key": key, "stage": stage, "minutes": 5, "title": words(key), "intro": words("intro")}


test_step.__test__ = False

TEXTS = ("title", "summary", "description", "audience", "authors", "provider", "credit", "statement")
STEPS = ["first-test", "shared", "clinic-lesson", "clinic-case", "school-case", "final-test", "survey"]
CONTENT: Files = {
    "settings.yaml": {"settings": [setting("clinic"), setting("school")]},
    "basics/module.yaml": {
        "key": "basics",
        **{name: words(name) for name in TEXTS},
        "pass_mark": 80,
        "attempts_allowed": None,
        "released_on": date(2026, 1, 1),
        "review_on": date(2098, 1, 1),
        "terminates_on": date(2099, 1, 1),
        "settings": ["clinic", "school"],
        "objectives": [{"key": "stop", "text": words("objective")}],
        "sections": [{"key": "learn", "accent": "stop", "title": words("section"), "steps": STEPS}],
        "tests": [test_step("first-test", "pre"), test_step("final-test", "post")],
    },
    "basics/sources.yaml": {"sources": [{"key": "law", "citation": words("the law"), "checked_on": date(2026, 1, 1)}]},
    "basics/lessons/shared.yaml": lesson("shared", []),
    "basics/lessons/clinic-lesson.yaml": lesson("clinic-lesson", ["clinic"]),
    "basics/cases/clinic-case.yaml": case("clinic-case", ["clinic"]),
    "basics/cases/school-case.yaml": case("school-case", ["school"]),
    "basics/bank/a.yaml": {"questions": [question("a1", "A"), question("a2", "A")]},
    "basics/bank/b.yaml": {"questions": [question("b1", "B"), question("b2", "B")]},
    "basics/survey.yaml": {
        "key": "survey",
        "minutes": 1,
        "title": words("survey"),
        "intro": words("intro"),
        "items": [
            {"key": "ready", "kind": "scale", "prompt": words("ready"), "low": words("low"), "high": words("high")},
            {
                "key": "applies",
                "kind": "choice",
                "prompt": words("applies"),
                "options": [{"key": "all", "text": words("all")}, {"key": "some", "text": words("some")}],
            },
        ],
    },
    "basics/figures/drawing.svg": SVG,
}


def content() -> Files:
    return deepcopy(CONTENT)


def write(folder: Path, files: Files) -> Path:
    """Makes `folder` hold exactly these files."""
    for old in folder.rglob("*.*"):
        old.unlink()
    for name, value in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = value if isinstance(value, str) else yaml.dump(value, Dumper=_NoAliases, sort_keys=False)
        path.write_text(text, encoding="utf-8")
    return folder


class _NoAliases(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def load(folder: Path) -> tuple[Package | None, list[str]]:
    loader = Loader(folder / "basics", {"clinic", "school"})
    return loader.load(), [f"{problem.file}: {problem.message.said(str)}" for problem in loader.problems]


def reword(row: models.Model, by: User, **values: Any) -> None:
    """Columns of a part, as somebody writes them who has its newest state before them."""
    row, part = type(row).objects.get(pk=row.pk), part_of(row)
    edit(part=part, row=row.pk, module=module_of(row), values=values, base=stamp(row, part), by=by)


def draft(folder: Path, files: Files | None = None) -> Module:
    """The content written to `folder`, read and imported; its history begins after that."""
    write(folder, files or content())
    file = YamlFile(folder / "settings.yaml", "settings.yaml").read(SettingsFile)
    import_settings(file=file, by=None)
    package, problems = load(folder)
    assert problems == []
    module = import_package(package=package, by=None).module
    Change.objects.filter(by=None).delete()
    return module
