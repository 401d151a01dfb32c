"""The walker's own eyes: each check sees the fault it looks for."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import checks
from tests.browser.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGE = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Title</title></head><body>%s</body></html>'


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def test_picture_without_description_is_a_barrier(page: Page) -> None:
    page.set_content(PAGE % '<main><h1>Title</h1><img src="data:,"></main>')
    assert checks.barriers(page) == ['image-alt: <img src="data:,">']


def test_part_wider_than_a_telephone_is_too_wide(page: Page) -> None:
    page.set_content(PAGE % '<p style="width:400px">Wide</p>')
    assert checks.too_wide(page) == ['wider than 320 px: <p style="width:400px">Wide</p>']


def test_spanish_on_an_english_page_is_foreign_unless_it_says_so(page: Page) -> None:
    page.set_content(PAGE % '<p>Bienvenida, para usted</p><p lang="es">para usted</p><p>Welcome</p>')
    assert checks.foreign_words(page, "en") == ["other language: Bienvenida, para usted"]


def test_page_of_the_other_language_is_foreign(page: Page) -> None:
    page.set_content(PAGE % "<p>Hola</p>")
    assert checks.foreign_words(page, "es") == ["lang is en, not es"]


def test_unclosed_element_is_invalid_html(tmp_path) -> None:
    notes = checks.invalid_html({"good": PAGE % "<p>Good</p>", "bad": PAGE % "<div>Bad"}, tmp_path)
    assert [note.partition(":")[0] for note in notes] == ["bad", "bad"]


def test_other_hosts_and_errors_are_noted_on_a_walk(begin: Callable[..., Walk]) -> None:
    walk = begin("en", examine=False)
    walk.open("/en/about/")
    walk.page.evaluate("() => setTimeout(() => { throw new Error('Oh'); })")
    walk.page.evaluate("() => { document.createElement('img').src = 'https://elsewhere.example/a'; }")
    walk.page.wait_for_timeout(300)
    noted = sorted(problem[:30] for problem in walk.problems)
    walk.problems.clear()
    assert noted == ["asks another host: https://els", "console: Loading the image 'ht", "script: Oh"]
