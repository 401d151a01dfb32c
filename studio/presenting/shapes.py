"""Which texts and columns a part has use for: a note has no picture, a test no summary."""

from django.db import models

from courses.choices import LOCALES, BlockKind, StepKind, SurveyKind
from courses.models import Block, Module, Option, Question, Step, SurveyItem
from courses.parts import Part

Shape = tuple[tuple[str, ...], tuple[str, ...]]

_BLOCKS: dict[str, tuple[str, ...]] = {
    BlockKind.TEXT: ("heading", "body"),
    BlockKind.SCENE: ("body",),
    BlockKind.NOTE: ("heading", "body"),
    BlockKind.FIGURE: ("image", "alt", "caption", "credit"),
    BlockKind.PAUSE: ("body",),
    BlockKind.CHECK: (),
    BlockKind.SORT: (),
    BlockKind.DOWNLOAD: ("heading", "file"),
}
# A block may become one of the others that hold a text.
KINDS_OF_TEXT = (BlockKind.TEXT, BlockKind.SCENE, BlockKind.NOTE, BlockKind.PAUSE)
_STEPS: dict[str, Shape] = {
    StepKind.LESSON: (("title", "content_note", "summary"), ("minutes", "objective")),
    StepKind.CASE: (("title", "content_note", "summary"), ("minutes", "start", "sources")),
    StepKind.TEST: (("title", "intro"), ("minutes",)),
    StepKind.SURVEY: (("title", "intro"), ("minutes",)),
}


def shape_of(part: Part, row: models.Model) -> Shape:
    """Texts, and other columns. A text that is there already is shown, whatever the kind: nothing is hidden."""
    words, plain = _meant(part, row)
    there = tuple(name for name in part.words if name not in words and _written(row, name))
    return tuple(name for name in part.words if name in (*words, *there)), plain


def _written(row: models.Model, name: str) -> bool:
    return any(getattr(row, f"{name}_{locale}") for locale in LOCALES)


def _meant(part: Part, row: models.Model) -> Shape:
    match row:
        case Module():  # who it is for and who signs it off are decided on pages of their own
            return tuple(part.words), tuple(name for name in part.plain if name not in ("settings", "sign_offs"))
        case Step():
            return _STEPS[row.kind]
        case Block():
            kind = ("kind",) if row.kind in KINDS_OF_TEXT else ()
            return _BLOCKS[row.kind], (*kind, "sources")
        case Question(block=None):
            return tuple(part.words), part.plain
        case Question():
            return ("stem",), ("multiple",) if row.block.kind == BlockKind.CHECK else ()
        case Option():
            return tuple(part.words), ("category",) if _is_sort(row.question) else ("correct",)
        case SurveyItem():
            scale = row.kind == SurveyKind.SCALE
            return ("prompt", "low", "high") if scale else ("prompt",), part.plain
    return tuple(part.words), part.plain


def _is_sort(question: Question) -> bool:
    return bool(question.block and question.block.kind == BlockKind.SORT)
