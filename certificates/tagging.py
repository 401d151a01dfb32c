"""Names the language of a file's parts, which WeasyPrint does for the whole file only. Importing this takes seconds."""

from collections.abc import Iterator

import pydyf
from weasyprint.pdf import tags

_build = tags._build_box_tree


def _build_with_language(box, *args) -> Iterator[pydyf.Dictionary]:
    # Called by WeasyPrint's own function again for each box within.
    element = getattr(box, "element", None)
    language = None if element is None else element.get("lang")
    for part in _build(box, *args):
        if language:
            part["Lang"] = pydyf.String(language)
        yield part


def name_languages() -> None:
    tags._build_box_tree = _build_with_language
