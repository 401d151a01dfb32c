"""The studio's navigation on a phone: folded to where one is, opened and gone through with the keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from studio.frame import AREAS, TABS
from tests.browser import checks, content
from tests.browser.author import Author
from tests.browser.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = {"width": 320, "height": 640}
PLACES = {"Studio": len(AREAS), "Module": len(TABS)}
TOO_SMALL = """all => all.map((part) => [part.innerText, part.getBoundingClientRect()])
    .filter(([, { width, height }]) => width < 44 || height < 44).map(([text]) => text)"""


def reviews(walk: Walk, size: dict[str, int]) -> Author:
    """On the page from which a module is published."""
    alex = Author(walk)
    alex.come_in()
    alex.page.set_viewport_size(size)
    alex.page.goto(f"{walk.site.url}/{walk.language}/studio/modules/{content.MODULE}/review/")
    return alex


def menu(alex: Author, name: str) -> Locator:
    return alex.page.get_by_role("navigation", name=alex.words(name))


def heading(alex: Author, name: str) -> Locator:
    return alex.page.get_by_role("heading", level=1, name=alex.words(name))


@pytest.mark.parametrize("scripts", [True, False], ids=["with_scripts", "without_scripts"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_menus_are_folded_and_opened_by_keys(language: str, scripts: bool, begin: Callable[..., Walk]) -> None:
    alex = reviews(begin(language, java_script_enabled=scripts, examine=scripts), PHONE)
    are_folded_to_where_one_is(alex)
    for name in PLACES:
        alex.unfold(alex.words(name), menu(alex, name))
    show_every_place(alex)
    are_easy_to_hit(alex)
    if scripts:
        assert checks.barriers(alex.page, width=320) + checks.too_wide(alex.page) == []
    alex.tab("Branch map")
    expect(heading(alex, "Branch map")).to_be_in_viewport(ratio=1)


def test_menus_are_open_where_there_is_room(begin: Callable[..., Walk]) -> None:
    alex = reviews(begin("es"), {"width": 1280, "height": 900})
    expect(alex.page.locator(".studio-menu > summary").filter(visible=True)).to_have_count(0)
    show_every_place(alex)
    are_easy_to_hit(alex)


def are_folded_to_where_one_is(alex: Author) -> None:
    words = alex.words
    expect(heading(alex, "Review and publish")).to_be_in_viewport(ratio=1)
    for name, here in (("Studio", "Modules"), ("Module", "Review and publish")):
        expect(menu(alex, name).locator("summary")).to_have_text(f"{words(name)}: {words(here)}")
        expect(menu(alex, name).get_by_role("link")).to_have_count(0)


def show_every_place(alex: Author) -> None:
    for name, count in PLACES.items():
        expect(menu(alex, name).get_by_role("link")).to_have_count(count)
    expect(menu(alex, "Studio").locator("[aria-current=true]")).to_have_text(alex.words("Modules"))
    expect(menu(alex, "Module").locator("[aria-current=page]")).to_have_text(alex.words("Review and publish"))


def are_easy_to_hit(alex: Author) -> None:
    shown = alex.page.locator(".studio-menu").locator("summary, a").filter(visible=True)
    assert shown.evaluate_all(TOO_SMALL) == []
