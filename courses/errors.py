"""Why an edit of a draft was refused.

DraftError
├── Conflict           somebody else wrote the same part meanwhile
├── InUse              it cannot be archived while something leads to it
├── NotOfThisModule    the part named stands in another module
├── OneIsEnough        a draft has one of these at most, and has it already
├── StaleDraft         it was signed or published as somebody saw it, and has changed since
└── UploadRefused      a picture or file that is not kept, with its Refusal
"""

from enum import StrEnum
from typing import Any


class DraftError(Exception):
    pass


class Conflict(DraftError):
    """`row` holds what stands there now."""

    def __init__(self, row: Any) -> None:
        super().__init__()
        self.row = row


class InUse(DraftError):
    """`by` names what leads to it, as places."""

    def __init__(self, by: list[tuple[str, ...]]) -> None:
        super().__init__()
        self.by = by


class NotOfThisModule(DraftError):
    pass


class Refusal(StrEnum):
    """Why a picture or file was not kept."""

    EMPTY = "empty"
    TOO_LARGE = "too-large"
    TOO_MANY_PIXELS = "too-many-pixels"
    NO_PICTURE = "no-picture"  # none of the kinds that are accepted, whatever its name says
    BROKEN = "broken"
    DRAWING = "drawing"  # an SVG that does more than draw, or cannot be read
    DRAWING_TOO_LARGE = "drawing-too-large"
    NO_PDF = "no-pdf"
    ACTIVE = "active"  # a PDF that carries programs or other files


class UploadRefused(DraftError):
    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why = why


class OneIsEnough(DraftError):
    pass


class StaleDraft(DraftError):
    pass
