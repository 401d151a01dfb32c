"""What rows of a draft are called on the studio's own pages: an author must be able to find what is not translated."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.choices import LOCALES
from support.languages import OTHER, current_language

# A step goes by its role: a test by its stage (courses/branches.py).
ROLES: dict[str, Promise] = {
    "lesson": _("Lesson"),
    "case": _("Practice case"),
    "pre": _("First test"),
    "post": _("Final test"),
    "survey": _("Survey"),
}

# What the path of a setting does not have.
HOLES: dict[str, Promise] = {
    "lesson": _("“%(setting)s” has no lesson."),
    "case": _("“%(setting)s” has no practice case."),
    "pre": _("“%(setting)s” has no first test."),
    "post": _("“%(setting)s” has no end: the final test is missing."),
    "survey": _("“%(setting)s” has no end: the survey is missing."),
}


class Name(NamedTuple):
    """`lang` is the language of the text where the page is in another one."""

    text: str
    lang: str = ""

    def __str__(self) -> str:
        return self.text


def named(row: models.Model, field: str) -> Name:
    return chosen({locale: getattr(row, f"{field}_{locale}") for locale in LOCALES}, row.key)


def chosen(words: Mapping[str, str], key: str) -> Name:
    """In the page's language, else in the other one, else the key."""
    here = current_language()
    if text := words.get(here):
        return Name(text)
    there = OTHER[here]
    text = words.get(there)
    return Name(text, there) if text else Name(key)
