"""Sending the forms of a page as a browser would, with hostile words in them; nothing that comes of it stays."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve

from tests.security.authoring.page import Field, Form, dangers, page_of
from tests.security.authoring.visits import Visit
from tests.security.authoring.words import SLY, hostile, mark_of

TYPED = 801
FILE_NAME = "q801enz \"><img src=x onerror=alert(1) evil>'.xlf"
_FROM_THE_PAGE = {"csrfmiddlewaretoken"}


class Sent(NamedTuple):
    """A form on a page, with what is typed into it and the button that is pressed."""

    page: str
    form: Form
    button: Field | None
    values: dict[str, list]
    headers: dict[str, str] = {}

    @property
    def address(self) -> str:
        given = (self.button and self.button.goes_to) or self.form.action
        return urljoin(self.page, given)

    @property
    def name(self) -> str:
        return resolve(urlsplit(self.address).path).view_name

    @property
    def likeness(self) -> tuple:
        """The same for forms that one template draws of the same fields."""
        fields = {(re.sub(r"\d+", "", field.name), field.kind) for field in self.form.fields}
        return self.name, tuple(sorted(fields)), self.button and self.button.name

    def with_values(self, **values: str) -> "Sent":
        return self._replace(values=self.values | {name: [value] for name, value in values.items()})

    def send(self, browser: Client) -> HttpResponse:
        pressed = {self.button.name: [self.button.value]} if self.button and self.button.name else {}
        verb = browser.post if self.form.method == "post" else browser.get
        return verb(self.address, {**self.values, **pressed}, follow=True, headers=self.headers)


def forms_on(browser: Client, visits: Iterable[Visit]) -> Iterator[Sent]:
    """One of each likeness, with each of its buttons."""
    met = set()
    for visit in visits:
        response = browser.get(visit.url("en"), follow=True)
        if not response["Content-Type"].startswith("text/html"):
            continue
        page = response.redirect_chain[-1][0] if response.redirect_chain else visit.url("en")
        for form in page_of(response).forms:
            for button in form.buttons or [None]:
                sent = Sent(page, form, button, form.values())
                if sent.likeness not in met:
                    met.add(sent.likeness)
                    yield sent


def with_words(sent: Sent) -> Sent:
    """What the forms of the studio refuse, or keep where there is no harm in a tag."""
    return _typing(sent, hostile(TYPED, "en"))


def with_sly_words(sent: Sent) -> Sent:
    """What every form takes that takes words."""
    return _typing(sent, SLY % mark_of(TYPED, "en"))


def _typing(sent: Sent, words: str) -> Sent:
    typed = {field.name: [words] for field in sent.form.typed if not field.value.startswith("https:")}
    files = {field.name: SimpleUploadedFile(FILE_NAME, words.encode()) for field in sent.form.files}
    return sent._replace(values=sent.values | typed | files)


def forged(sent: Sent) -> Sent:
    """What no page lets anybody choose, in every field."""
    names = set(sent.values) - _FROM_THE_PAGE
    return sent._replace(values=sent.values | {name: [hostile(TYPED, "en")] for name in names})


def once(forms: Iterable[Sent]) -> list[Sent]:
    """Each with one button alone."""
    return list({sent.likeness[:2]: sent for sent in forms}.values())


def by_script(sent: Sent) -> Sent:
    return with_words(sent)._replace(headers={"Accept": "application/json"})


def tried(browser: Client, sent: Sent) -> tuple[set[str], list]:
    """The marks on the page that answers, and what is amiss with it; then all is as it was."""
    with transaction.atomic():
        response = sent.send(browser)
        found = dangers(response) + ([response.status_code] if response.status_code >= 500 else [])
        is_page = response["Content-Type"].startswith("text/html")
        marks = page_of(response).marks if is_page else set()
        transaction.set_rollback(True)
    return marks, found
