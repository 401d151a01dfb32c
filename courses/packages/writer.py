"""The one way a struct of a package is written as YAML: the same data always gives the same bytes. Pure.

Keys stand in the order of the schema, without defaults. A text of one line is folded at spaces, one of several lines
stands as it is; whatever YAML could read in another way is quoted.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
import yaml

WIDTH = 120
STEP = "  "
# Never anything but text: a letter, then nothing that YAML gives a meaning.
_PLAIN = re.compile(r"[^\W\d_](?:[\w .,;()/…“”‘’¿¡?!%+-]|:(?=[\w/]))*(?<! )")
_NOT_TEXT = re.compile(r"(?i)(?:y|n|yes|no|on|off|true|false|null)")
# Spaces at which a folded text may break: the line end reads as exactly one space.
_BREAK = re.compile(r"(?<=\S) (?=\S)")


def write(value: msgspec.Struct) -> bytes:
    plain = msgspec.to_builtins(value, builtin_types=(date,))
    return ("\n".join(_mapping(plain, "")) + "\n").encode()


def _mapping(value: dict[str, Any], indent: str) -> Iterator[str]:
    for name, item in value.items():
        if isinstance(item, dict):
            yield f"{indent}{name}:"
            yield from _mapping(item, indent + STEP)
        elif isinstance(item, list | tuple):
            yield from _list(name, list(item), indent)
        else:
            yield from _scalar(f"{indent}{name}:", item, indent + STEP)


def _list(name: str, items: list[Any], indent: str) -> Iterator[str]:
    if items and isinstance(items[0], dict):
        yield f"{indent}{name}:"
        for place, item in enumerate(items):
            # The parts of a file stand apart, as paragraphs do.
            if place and not indent:
                yield ""
            first, *others = _mapping(item, indent + STEP * 2)
            yield f"{indent}{STEP}- {first.lstrip()}"
            yield from others
        return
    words = [_inline(item) for item in items]
    line = f"{indent}{name}: [{', '.join(words)}]"
    if len(line) <= WIDTH:
        yield line
    else:
        yield f"{indent}{name}:"
        yield from (f"{indent}{STEP}- {word}" for word in words)


def _scalar(start: str, value: Any, indent: str) -> Iterator[str]:
    if not isinstance(value, str) or not _is_block(value):
        yield f"{start} {_inline(value)}"
    elif "\n" in value:
        yield f"{start} |"
        yield from (f"{indent}{line}" if line else "" for line in value.split("\n"))
    elif len(line := f"{start} {_inline(value)}") <= WIDTH:
        yield line
    else:
        yield f"{start} >-"
        yield from (f"{indent}{line}" for line in _folded(value, WIDTH - len(indent)))


def _is_block(text: str) -> bool:
    """Can it stand as it is under its key? Not with spaces at the ends of a line, nor with what no editor shows."""
    tidy = all(line == line.rstrip() for line in text.split("\n"))
    return bool(text) and tidy and not text[0].isspace() and text[-1] != "\n" and all(map(_is_shown, text))


def _is_shown(letter: str) -> bool:
    return letter in "\n\t\xa0" or (letter.isprintable() and letter != "\ufeff")


def _folded(text: str, width: int) -> Iterator[str]:
    line = ""
    for word in _BREAK.split(text):
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line


def _inline(value: Any) -> str:
    if isinstance(value, str):
        return value if _PLAIN.fullmatch(value) and not _NOT_TEXT.fullmatch(value) else _quoted(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else str(value)


def _quoted(text: str) -> str:
    """In one line; within single quotation marks where double ones would need escaping."""
    shown = all(map(_is_shown, text)) and "\t" not in text and "\n" not in text
    style = "'" if shown and ('"' in text or "\\" in text) else '"'
    return yaml.dump(text, Dumper=yaml.CSafeDumper, default_style=style, allow_unicode=shown, width=2**30).rstrip("\n")
