"""The language switch in the middle of a lesson."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser import content
from tests.browser.learner import Learner

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FIRST_BELOW_HEADER = """() => [...document.querySelectorAll("[data-block]")]
    .find((block) => block.getBoundingClientRect().bottom > 120).id"""
FOCUSED = "() => document.activeElement.id"
LESSON = "ask-general"


def place(page: Page) -> tuple[str, str]:
    return page.evaluate(FIRST_BELOW_HEADER), page.evaluate(FOCUSED)


def test_a1_switching_language_keeps_the_block_and_the_focus_and_writes_no_progress(
    learner: Callable[..., Learner],
) -> None:
    """Protects: the switch leads to the same block, with the focus where it was (language-switch.js); it is no fact."""
    ana = learner("en", examine=False)  # looking at a page would scroll it
    ana.choose_language()
    ana.choose_module()
    ana.choose_setting("general")
    ana.sign_in()
    ana.walk.press(ana.walk.words("See my path"))
    ana.walk.open(f"/en/learn/{content.MODULE}/steps/{LESSON}/")
    ana.walk.open(f"/en/learn/{content.MODULE}/")
    done = ana.steps_done().split()
    ana.walk.open(f"/en/learn/{content.MODULE}/steps/{LESSON}/")
    option = ana.page.locator("[data-block] input[type=radio]").first
    option.scroll_into_view_if_needed()
    option.focus()
    before = place(ana.page)
    assert before[1] == option.get_attribute("id")
    with ana.page.expect_event("load"):
        # Pressed where it stands: a pointer that first brings it into view would scroll the page.
        ana.page.get_by_role("banner").get_by_role("button", name=ana.walk.words.other_name).evaluate("b => b.click()")
    assert (place(ana.page), ana.walk.path) == (before, f"/es/learn/{content.MODULE}/steps/{LESSON}/")
    ana.walk.open(f"/en/learn/{content.MODULE}/")
    assert ana.steps_done().split() == done
