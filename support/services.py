from pathlib import Path

from django.db import transaction

from support import help_file
from support.models import HelpLine
from support.queries import forget_help_lines


def import_help(*, path: Path) -> int:
    """Make the help lines say what the file says, in its order; lines that it does not name stay as they are."""
    lines = help_file.read(path)
    with transaction.atomic():
        for position, line in enumerate(lines):
            _save(position, line)
    forget_help_lines()
    return len(lines)


def _save(position: int, line: dict) -> None:
    HelpLine.objects.update_or_create(
        key=line["key"],
        defaults={
            "position": position,
            "urgent": line.get("urgent", False),
            "name_en": line["name"]["en"],
            "name_es": line["name"]["es"],
            "note_en": line["note"]["en"],
            "note_es": line["note"]["es"],
            "contacts": line["contacts"],
            "checked_on": line["checked_on"],
        },
    )
