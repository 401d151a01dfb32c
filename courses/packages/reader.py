"""Reads a YAML file into a typed struct and reports everything that is wrong with it, each by its line. Pure."""

from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec
import yaml

from courses.freshness import tidy

MAX_BYTES = 2_000_000
# More than any file of a package; the composer recurses in C, where too deep a nesting would end the process.
MAX_DEPTH = 30
_TEXT = "tag:yaml.org,2002:str"
# Raised for a value that is not what its tag says: “!!bool maybe”, “!!int ""”, “!!timestamp soon”.
_NO_VALUE = (ValueError, LookupError, AttributeError, yaml.YAMLError)


class Longest(msgspec.Struct, frozen=True):
    """Says of a text in several languages how many characters each may have."""

    characters: int


class Problem(msgspec.Struct, frozen=True, order=True):
    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class YamlFile:
    """One file: its plain value, the line of every part of it by path (“blocks”, 3, “kind”), and its problems."""

    def __init__(self, path: Path, shown: str) -> None:
        self.path, self.shown = path, shown
        self.lines: dict[tuple, int] = {}
        self.problems: list[Problem] = []
        self._met: set[int] = set()

    def read(self, kind: type) -> Any:
        """The struct of `kind`, or None where `problems` says why not."""
        try:
            root = self._compose()
        except FileNotFoundError:
            self._refuse(1, "the file is not there")
            return None
        except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
            mark = getattr(error, "problem_mark", None)
            self._refuse(mark.line + 1 if mark else 1, getattr(error, "problem", None) or str(error))
            return None
        value = self._plain(root, ())
        self._check(value, kind, ())
        return None if self.problems else msgspec.convert(value, kind)

    def report(self, message: str, *path: str | int) -> None:
        """A problem at `path`, or at the nearest part above it that stands in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        self._refuse(self.lines.get(path, 1), message)

    def _refuse(self, line: int, message: str) -> None:
        self.problems.append(Problem(self.shown, line, message))

    def _compose(self) -> yaml.Node:
        if self.path.stat().st_size > MAX_BYTES:
            raise ValueError(f"the file is larger than {MAX_BYTES} bytes")
        text = self.path.read_text(encoding="utf-8")
        _refuse_deep(text)
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
        if root is None:
            raise ValueError("the file is empty")
        return root

    def _plain(self, node: yaml.Node, path: tuple) -> Any:
        line = node.start_mark.line + 1
        if id(node) in self._met:  # an alias: a short file could unfold into a huge one
            return self._refuse(line, "an alias (*) is not allowed; write the value out")
        if path in self.lines:
            self._refuse(line, f"“{path[-1]}” is given twice")
        self._met.add(id(node))
        self.lines[path] = line
        if isinstance(node, yaml.MappingNode):
            return {key: self._plain(value, (*path, key)) for key, value in self._named(node)}
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(value, (*path, place)) for place, value in enumerate(node.value)]
        return self._scalar(node)

    def _named(self, node: yaml.MappingNode) -> Iterator[tuple[str, yaml.Node]]:
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                yield key.value, value
            else:  # spelled out, a list of aliases could fill the memory
                self._refuse(key.start_mark.line + 1, "a name must be a word")

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        if "\0" in node.value:  # written as an escape; no database keeps it
            self._refuse(node.start_mark.line + 1, "the character 0 is not allowed")
        if node.tag == _TEXT:
            return node.value
        try:
            return yaml.SafeLoader("").construct_object(node)
        except _NO_VALUE as error:
            return self._refuse(node.start_mark.line + 1, str(error))

    def _check(self, value: Any, kind: Any, path: tuple) -> None:
        """Walks value and type together, so that one mistake does not hide the next."""
        if get_origin(kind) in (UnionType, Union) and value is not None:
            kind = get_args(kind)[0]
        if get_origin(kind) is Annotated and isinstance(kind.__metadata__[0], Longest):
            self._check_lengths(value, kind.__metadata__[0].characters, path)
            kind = kind.__origin__
        if get_origin(kind) is list and isinstance(value, list):
            for place, item in enumerate(value):
                self._check(item, get_args(kind)[0], (*path, place))
        elif isinstance(kind, type) and issubclass(kind, msgspec.Struct) and isinstance(value, dict):
            self._check_struct(value, kind, path)
        else:
            self._check_leaf(value, kind, path)

    def _check_struct(self, value: dict, kind: type[msgspec.Struct], path: tuple) -> None:
        fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
        for name in value.keys() - fields.keys():
            self.report(f"“{name}” is not known here", *path, name)
        for name, field in fields.items():
            if name in value:
                self._check(value[name], field.type, (*path, name))
            elif field.required:
                self.report(f"“{name}” is missing", *path)

    def _check_lengths(self, texts: Any, longest: int, path: tuple) -> None:
        for locale, text in texts.items() if isinstance(texts, dict) else ():
            if isinstance(text, str) and (length := len(tidy(text))) > longest:
                self.report(
                    f"“{path[-1]}.{locale}” has {length} characters; there is room for {longest}", *path, locale
                )

    def _check_leaf(self, value: Any, kind: Any, path: tuple) -> None:
        try:
            msgspec.convert(value, kind)
        except msgspec.ValidationError as error:
            name = next((part for part in reversed(path) if isinstance(part, str)), self.shown)
            self.report(f"“{name}”: {error}", *path)


def _refuse_deep(text: str) -> None:
    """Raises ValueError and YAMLError; the events of a file come one by one, without recursion."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise ValueError("the file is nested too deeply")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
