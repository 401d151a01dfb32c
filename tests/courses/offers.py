"""Offers of credit in the tiny content folder."""

from datetime import date
from pathlib import Path

from courses.models import Module
from tests.courses import factories
from tests.courses.factories import Files
from tests.factories import words

MODULE = "basics/module.yaml"
TEXTS = ("name", "provider", "format", "statement")


def offer(key: str = "nursing", **fields) -> dict:
    """1.25 contact hours for nurses, in both languages; as in a file."""
    texts = {name: words(f"{name} of {key}") for name in TEXTS}
    values = {
        "type": "contact-hours",
        "amount": "1.25",
        "professions": ["nurse"],
        "languages": ["en", "es"],
        "provider_number": "P-0000",
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2098, 12, 31),
        "needs_license": True,
    }
    return {"key": key, **texts, **values, **fields}


COMPLETION = {"type": "completion", "amount": None, "professions": [], "needs_license": False}


def content(*offers: dict) -> Files:
    files = factories.content()
    files[MODULE]["offers"] = list(offers or [offer()])
    return files


def draft(folder: Path, *offers: dict) -> Module:
    return factories.draft(folder, content(*offers))
