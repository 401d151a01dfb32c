from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGES = {
    "help/": "Help, for anybody, at any hour",
    "accessibility/": "Accessibility",
    "privacy/": "What we keep about you, and why",
    "about/": "About SOAR Online",
    "exit/": "How to leave this site quickly",
    "nothing-of-this-name/": "This page is not here",
}


@pytest.mark.parametrize("language", ["en", "es"])
def test_pages_for_everybody_are_in_order(
    language: str, begin: Callable[..., Walk], valid_html: Callable[[dict[str, str]], None]
) -> None:
    walk = begin(language)
    for path, title in PAGES.items():
        walk.open(f"/{language}/{path}")
        expect(walk.page.get_by_role("heading", level=1)).to_have_text(walk.words(title))
    valid_html(walk.pages)
