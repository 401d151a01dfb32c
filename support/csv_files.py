"""Tables for spreadsheets: whatever somebody typed stays a text there. Pure."""

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Any

BYTE_ORDER_MARK = "\ufeff"  # or Excel takes accents for something else
ROWS_AT_ONCE = 200
# Spreadsheets run a cell that begins so; full-width forms count as their narrow ones in some languages.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Where the list separator is a semicolon, as in much of Latin America, a cell goes on in the next one behind it.
_AFTER_SEMICOLON = re.compile(rf"(;\s*)(?=[{re.escape(''.join(_FORMULA))}])")


def csv_file(rows: Iterable[Iterable[Any]]) -> Iterator[bytes]:
    """The file in pieces, so that a long one never lies in memory whole."""
    echo = _Echo()
    writer = csv.writer(echo, quoting=csv.QUOTE_ALL)
    piece, held = BYTE_ORDER_MARK, 0
    for row in rows:
        piece, held = piece + writer.writerow([_safe(cell) for cell in row]), held + 1
        if held == ROWS_AT_ONCE:
            yield piece.encode()
            piece, held = "", 0
    yield piece.encode()


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _safe(cell: Any) -> Any:
    """A text with an apostrophe wherever a spreadsheet would calculate; blanks in front hide nothing."""
    if not isinstance(cell, str):
        return cell
    begins = cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA)
    cell = _AFTER_SEMICOLON.sub(r"\1'", cell)
    return f"'{cell}" if begins else cell
