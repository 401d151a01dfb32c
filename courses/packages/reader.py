"""Reads a YAML file into a typed struct and reports everything that is wrong with it, each by its line. Pure."""

from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec
import yaml

from courses.freshness import tidy
from courses.packages.composing import ALIAS, Unreadable, compose
from courses.packages.expected import TOO_LONG, expected
from courses.packages.problems import Message, Problem
from courses.packages.problems import gettext_noop as _

_TEXT = "tag:yaml.org,2002:str"
_DATE = "tag:yaml.org,2002:timestamp"
# Raised for a value that is not what its tag says: “!!bool maybe”, “!!int ""”, “!!timestamp soon”.
_NO_VALUE = (ValueError, LookupError, AttributeError, yaml.YAMLError)
_NO_DATE = _("There is no such date: %(value)s.")
_NO_PLAIN = _("“%(value)s” is not a value that can be read. Put it in quotation marks, without a tag (!).")
_SHOWN = 80  # characters of a value
# Stands for a value that has been reported: what it should have been is not said once more.
_REFUSED = object()


class Longest(msgspec.Struct, frozen=True):
    """Says of a text in several languages how many characters each may have."""

    characters: int


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
            root = compose(self.path)
        except Unreadable as error:
            self.problems.append(Problem(self.shown, error.line, error.message))
            return None
        value = self._plain(root, ())
        self._check(value, kind, ())
        return None if self.problems else msgspec.convert(value, kind)

    def report(self, sentence: str, *path: str | int, **values: str | int) -> None:
        """A problem at `path`, or at the nearest part above it that stands in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        self._refuse(self.lines.get(path, 1), sentence, **values)

    def _refuse(self, line: int, sentence: str, **values: str | int) -> Any:
        self.problems.append(Problem(self.shown, line, Message(sentence, values)))
        return _REFUSED

    def _plain(self, node: yaml.Node, path: tuple) -> Any:
        line = node.start_mark.line + 1
        if id(node) in self._met:  # an alias: a short file could unfold into a huge one
            return self._refuse(line, ALIAS)
        if path in self.lines:
            self._refuse(line, _("“%(name)s” is given twice."), name=path[-1])
        self._met.add(id(node))
        self.lines[path] = line
        if isinstance(node, yaml.MappingNode):
            return {key: self._plain(value, (*path, key)) for key, value in self._named(node)}
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(value, (*path, place)) for place, value in enumerate(node.value)]
        return self._scalar(node, line)

    def _named(self, node: yaml.MappingNode) -> Iterator[tuple[str, yaml.Node]]:
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                yield key.value, value
            else:  # spelled out, a list of aliases could fill the memory
                self._refuse(key.start_mark.line + 1, _("A name must be a word, not a list or a group."))

    def _scalar(self, node: yaml.ScalarNode, line: int) -> Any:
        if "\0" in node.value:  # written as an escape; no database keeps it
            return self._refuse(line, _("The character 0 is not allowed."))
        if node.tag == _TEXT:
            return node.value
        try:
            return yaml.SafeLoader("").construct_object(node)
        except _NO_VALUE:
            return self._refuse(line, _NO_DATE if node.tag == _DATE else _NO_PLAIN, value=node.value[:_SHOWN])

    def _check(self, value: Any, kind: Any, path: tuple) -> None:
        """Walks value and type together, so that one mistake does not hide the next."""
        if value is _REFUSED:
            return
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
        for name in value:
            if name not in fields:
                self.report(_("“%(name)s” is not known here."), *path, name, name=name)
        for name, field in fields.items():
            if name in value:
                self._check(value[name], field.type, (*path, name))
            elif field.required:
                self.report(_("“%(name)s” is missing."), *path, name=name)

    def _check_lengths(self, texts: Any, longest: int, path: tuple) -> None:
        for locale, text in texts.items() if isinstance(texts, dict) else ():
            if isinstance(text, str) and (length := len(tidy(text))) > longest:
                name = f"{path[-1]}.{locale}"
                self.report(TOO_LONG, *path, locale, name=name, length=length, longest=longest)

    def _check_leaf(self, value: Any, kind: Any, path: tuple) -> None:
        try:
            msgspec.convert(value, kind)
        except msgspec.ValidationError:
            name = next((part for part in reversed(path) if isinstance(part, str)), self.shown)
            message = expected(value, kind)
            self.report(message.sentence, *path, name=name, **message.values)
