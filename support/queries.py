import logging
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache

from support.contacts import LANGUAGES
from support.models import HelpLine

logger = logging.getLogger(__name__)

SECONDS = 60


@dataclass(frozen=True)
class Contact:
    label: str
    href: str


@dataclass(frozen=True)
class Line:
    """A help line in one language."""

    name: str
    note: str
    contacts: tuple[Contact, ...]
    checked_on: date
    urgent: bool


def help_lines(language: str) -> tuple[Line, ...]:
    """Every page shows them, so they come from the cache; a change is seen everywhere within a minute."""
    try:
        return cache.get_or_set(_cache_key(language), lambda: _read(language), SECONDS)
    except Exception:  # whatever a lost cache raises: it must not take the help lines with it
        logger.exception("The cache does not answer")
        return _read(language)


def forget_help_lines() -> None:
    cache.delete_many([_cache_key(language) for language in LANGUAGES])


def _read(language: str) -> tuple[Line, ...]:
    return tuple(_in_language(line, language) for line in HelpLine.objects.order_by("position", "key"))


def _in_language(line: HelpLine, language: str) -> Line:
    return Line(
        name=getattr(line, f"name_{language}"),
        note=getattr(line, f"note_{language}"),
        contacts=tuple(Contact(contact["label"][language], contact["href"]) for contact in line.contacts),
        checked_on=line.checked_on,
        urgent=line.urgent,
    )


def _cache_key(language: str) -> str:
    return f"support.help_lines.{language}"
