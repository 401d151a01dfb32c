"""Help lines as a file that is reviewed like code."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from support import contacts

FIELDS = {"key", "urgent", "name", "note", "contacts", "checked_on"}
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class HelpFileProblems(Exception):
    """Every problem of the file, each with its place."""


@dataclass(frozen=True)
class Entry:
    line: int
    values: dict


def read(path: Path) -> list[dict]:
    """The help lines in the file's order; refused as a whole when anything is wrong."""
    entries = list(_entries(path))
    problems = [f"{path}:{line}: {problem}" for line, problem in _problems(entries)]
    if problems:
        raise HelpFileProblems("\n".join(problems))
    return [entry.values for entry in entries]


def _entries(path: Path) -> Iterator[Entry]:
    loader = yaml.SafeLoader(path.read_text(encoding="utf-8"))
    try:
        root = loader.get_single_node()
        for node in _lines_of(root, path):
            yield Entry(node.start_mark.line + 1, loader.construct_document(node))
    except yaml.MarkedYAMLError as error:
        raise HelpFileProblems(f"{path}:{error.problem_mark.line + 1}: {error.problem}") from error


def _lines_of(root: yaml.Node | None, path: Path) -> list[yaml.Node]:
    if isinstance(root, yaml.MappingNode):
        for key, value in root.value:
            if key.value == "lines" and isinstance(value, yaml.SequenceNode):
                return value.value
    raise HelpFileProblems(f"{path}:1: the file has one list, called lines")


def _problems(entries: list[Entry]) -> Iterator[tuple[int, str]]:
    seen: set[str] = set()
    for entry in entries:
        if not isinstance(entry.values, dict):
            yield entry.line, "an entry is a mapping"
            continue
        yield from ((entry.line, problem) for problem in _problems_of(entry.values))
        key = str(entry.values.get("key"))
        if key in seen:
            yield entry.line, f"the key {key} is used twice"
        seen.add(key)


def _problems_of(values: dict) -> Iterator[str]:
    for name in sorted(set(map(str, values)) - FIELDS):
        yield f"{name} is unknown here"
    if not KEY.fullmatch(str(values.get("key", ""))):
        yield "key is missing, or holds more than small letters, digits and hyphens"
    if not isinstance(values.get("urgent", False), bool):
        yield "urgent is true or false"
    for name in ("name", "note"):
        if not contacts.is_bilingual(values.get(name)):
            yield f"{name} needs en and es"
    if not isinstance(values.get("checked_on"), date):
        yield "checked_on needs a date, such as 2026-11-22"
    yield from contacts.problems(values.get("contacts"))
