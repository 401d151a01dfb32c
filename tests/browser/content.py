"""What the module's package says: the walker knows the subject, and tells a right answer by its words."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings

MODULE = "soar-health-wellness"


@dataclass(frozen=True)
class Question:
    stem: str
    right: list[str]
    wrong: list[str]
    explanation: str


def module(language: str) -> str:
    return _say(_read("module.yaml")["title"], language)


def setting(key: str, language: str) -> str:
    named = yaml.safe_load((settings.CONTENT_DIR / "settings.yaml").read_text())["settings"]
    return next(_say(row["name"], language) for row in named if row["key"] == key)


def offer(key: str, language: str) -> str:
    return next(_say(row["name"], language) for row in _read("module.yaml")["offers"] if row["key"] == key)


def title(step: str, language: str) -> str:
    tests = {test["key"]: test for test in _read("module.yaml")["tests"]}
    if step in tests:
        return _say(tests[step]["title"], language)
    return _say(_step(step)["title"], language)


def question(stem: str, language: str) -> Question:
    """The test question that is asked in these words."""
    return next(found for found in questions(language) if found.stem == " ".join(stem.split()))


@cache
def questions(language: str) -> list[Question]:
    files = sorted(_folder().glob("bank/*.yaml"))
    rows = [row for file in files for row in yaml.safe_load(file.read_text())["questions"]]
    return [_question(row, language) for row in rows]


def check(step: str, language: str) -> Question:
    return _question(next(block for block in _step(step)["blocks"] if block["kind"] == "check"), language)


def sort(step: str, language: str) -> dict[str, str]:
    """Item → the place it belongs to."""
    block = next(block for block in _step(step)["blocks"] if block["kind"] == "sort")
    places = {row["key"]: _say(row["text"], language) for row in block["categories"]}
    return {_say(item["text"], language): places[item["category"]] for item in block["items"]}


def decisions(case: str, language: str, ending: str) -> list[str]:
    """The shortest way through a case to an ending of this kind."""
    told = _step(case)
    nodes = {node["key"]: node for node in told["nodes"]}
    ways: list[tuple[str, list[str]]] = [(told["start"], [])]
    for node, way in ways:
        if nodes[node].get("ending") == ending:
            return way
        ways += [(choice["to"], [*way, _say(choice["text"], language)]) for choice in nodes[node].get("choices", ())]
    raise AssertionError(f"{case} has no {ending} ending")


def survey_choices(language: str) -> list[tuple[str, str]]:
    """Prompt and last option of each question with options."""
    items = [item for item in _read("survey.yaml")["items"] if item["kind"] == "choice"]
    return [(_say(item["prompt"], language), _say(item["options"][-1]["text"], language)) for item in items]


def survey_scales(language: str) -> list[str]:
    return [_say(item["prompt"], language) for item in _read("survey.yaml")["items"] if item["kind"] == "scale"]


def survey_comment(language: str) -> str:
    return next(_say(item["prompt"], language) for item in _read("survey.yaml")["items"] if item["kind"] == "text")


def _question(row: dict, language: str) -> Question:
    return Question(
        stem=_say(row["stem"], language),
        right=[_say(option["text"], language) for option in row["options"] if option.get("correct")],
        wrong=[_say(option["text"], language) for option in row["options"] if not option.get("correct")],
        explanation=_say(row["explanation"], language) if "explanation" in row else "",
    )


def _step(key: str) -> dict:
    return _read(next(_folder().glob(f"[!b]*/{key}.yaml")))


@cache
def _read(name: str | Path) -> dict:
    return yaml.safe_load((_folder() / name).read_text())


def _folder() -> Path:
    return settings.CONTENT_DIR / MODULE


def _say(words: dict[str, str], language: str) -> str:
    return " ".join(words[language].split())
