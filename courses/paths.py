"""Which steps a professional setting sees, and what changes between two paths. Pure."""

from itertools import groupby

import msgspec

from courses.document import Document, Section, Step

Path = tuple[Step, ...]


class Receipt(msgspec.Struct, frozen=True):
    """The difference between two paths, in path order: shown before a change is confirmed."""

    kept: Path
    added: Path
    dropped: Path


def belongs(step: Step, setting: str) -> bool:
    return not step.settings or setting in step.settings


def path(document: Document, setting: str) -> Path:
    return tuple(step for step in document.steps if belongs(step, setting))


def receipt(before: Path, after: Path) -> Receipt:
    old, new = {step.key for step in before}, {step.key for step in after}
    return Receipt(
        kept=tuple(step for step in after if step.key in old),
        added=tuple(step for step in after if step.key not in old),
        dropped=tuple(step for step in before if step.key not in new),
    )


def minutes(steps: Path) -> int:
    return sum(step.minutes for step in steps)


def by_section(document: Document, steps: Path) -> list[tuple[Section, Path]]:
    """The steps grouped under their sections, both in order; a section without a step is left out."""
    sections = {section.key: section for section in document.sections}
    return [(sections[key], tuple(group)) for key, group in groupby(steps, key=lambda step: step.section)]
