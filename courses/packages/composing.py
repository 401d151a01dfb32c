"""The nodes of a YAML file that anybody may have written, or a sentence that says why there are none. Pure."""

from pathlib import Path

import yaml

from courses.packages.problems import Message
from courses.packages.problems import gettext_noop as _

MAX_BYTES = 2_000_000
# More than any file of a package; the composer recurses in C, where too deep a nesting would end the process.
MAX_DEPTH = 30
ALIAS = _("An alias (*) is not allowed. Write the value out.")
_TOO_LARGE = _("The file is larger than %(most)d MB.")
_TOO_DEEP = _("The file is nested too deeply.")
_CONTROL = _("The file holds a control character, which nobody can see.")
_OPEN_BRACKET = _("The bracket opened in line %(opened)d is not closed, or a comma is missing before this line.")
_TAB = _("A line begins with a tab. Indent with spaces.")
_NOT_YAML = _(
    "This is not YAML that can be read. Look at the indentation, the colons and the quotation marks of this line "
    "and of those before it."
)
# By what the parser calls them.
_FAULTS = {
    "found character that cannot start any token": _(
        "No line may begin with a tab, and no value with a character that YAML reserves. Indent with spaces, and put "
        "such a value in quotation marks."
    ),
    "found a tab character that violates indentation": _TAB,
    "found a tab character where an indentation space is expected": _TAB,
    "mapping values are not allowed in this context": _(
        "A colon stands where none may. Look at the indentation, and put a text that holds a colon in quotation marks."
    ),
    "found unexpected end of stream": _("The quotation mark opened in line %(opened)d is not closed."),
    "did not find expected ',' or ']'": _OPEN_BRACKET,
    "did not find expected ',' or '}'": _OPEN_BRACKET,
    "but found another document": _("A second document begins here (---). A file holds one."),
    "found undefined alias": ALIAS,
}


class Unreadable(Exception):
    def __init__(self, sentence: str, line: int = 1, **values: str | int) -> None:
        super().__init__(sentence)
        self.message, self.line = Message(sentence, values), line


def compose(path: Path) -> yaml.Node:
    """Raises Unreadable."""
    text = _read(path)
    try:
        _refuse_deep(text)
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.reader.ReaderError as error:
        raise Unreadable(_CONTROL) from error
    except yaml.MarkedYAMLError as error:
        raise _fault(error) from error
    except ValueError as error:  # a tag whose escapes are no characters
        raise Unreadable(_NOT_YAML) from error
    if root is None:
        raise Unreadable(_("The file is empty."))
    return root


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Unreadable(_TOO_LARGE, most=MAX_BYTES // 1_000_000)
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise Unreadable(_("The file is not there.")) from error
    except OSError as error:
        raise Unreadable(_("The file cannot be read.")) from error
    except UnicodeDecodeError as error:
        raise Unreadable(_("The file is not written in UTF-8.")) from error


def _fault(error: yaml.MarkedYAMLError) -> Unreadable:
    opened = error.context_mark or error.problem_mark
    return Unreadable(_FAULTS.get(error.problem, _NOT_YAML), error.problem_mark.line + 1, opened=opened.line + 1)


def _refuse_deep(text: str) -> None:
    """Raises Unreadable and YAMLError; the events of a file come one by one, without recursion."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise Unreadable(_TOO_DEEP)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
