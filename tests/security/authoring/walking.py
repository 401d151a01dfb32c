"""Going through pages and saying what was met."""

from collections.abc import Iterable
from typing import NamedTuple

from django.test import Client

from tests.security.authoring.module import LOCALES, Text
from tests.security.authoring.page import dangers, page_of
from tests.security.authoring.visits import Visit
from tests.security.authoring.words import mark_of


class Seen(NamedTuple):
    """The marks on all the pages, and what was amiss, by address."""

    marks: set[str]
    amiss: list[tuple[str, object]]


def walk(browser: Client, visits: Iterable[Visit], locales: Iterable[str] = LOCALES) -> Seen:
    seen = Seen(set(), [])
    for visit in visits:
        for url in map(visit.url, locales):
            marks, found = look(browser, url)
            seen.marks.update(marks)
            seen.amiss.extend((url, each) for each in found)
    return seen


def look(browser: Client, url: str) -> tuple[set[str], list]:
    """A page must show something hostile, or its harmlessness says nothing."""
    response = browser.get(url, follow=True)
    if response.status_code not in (200, 403):
        return set(), [response.status_code]
    if not response["Content-Type"].startswith("text/html"):
        return set(), dangers(response)
    marks = page_of(response).marks
    return marks, dangers(response) + ([] if marks else ["nothing hostile is shown"])


def together(parts: Iterable[Seen]) -> Seen:
    parts = list(parts)
    return Seen(set().union(*(part.marks for part in parts)), [each for part in parts for each in part.amiss])


def unseen(found: Iterable[Text], marks: set[str]) -> list[tuple[str, int, str, str]]:
    return [
        (part.name, row, name, locale)
        for number, part, row, name in found
        for locale in LOCALES
        if mark_of(number, locale) not in marks
    ]
