"""What commands say of packages, in the language of the terminal."""

import os
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext, override

from courses.choices import LOCALES
from courses.packages.problems import Problem

# In the order in which gettext asks them.
_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def in_terminal_language() -> override:
    """English where the terminal speaks neither language of the site."""
    named = next(filter(None, map(os.environ.get, _VARIABLES)), "")
    return override(named[:2] if named[:2] in LOCALES else "en")


def in_lines(problems: Iterable[Problem]) -> Iterator[str]:
    return (f"{found.file}:{found.line}: {found.message.said(gettext)}" for found in problems)
