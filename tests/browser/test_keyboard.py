"""Key pages with the keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import content
from tests.browser.learner import Learner
from tests.browser.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WEATHER = "https://www.weather.gov/"
MOST_STOPS = 150

STOP = """() => {
    for (const change of document.getAnimations()) change.finish();
    const part = document.activeElement;
    if (part === document.body) return null;
    const seen = part.matches("[type=radio], [type=checkbox]") ? part.labels[0] : part;
    const styles = [part, seen].flatMap((each) => [getComputedStyle(each), getComputedStyle(each, "::before")]);
    const [box] = seen.getClientRects();
    const top = document.elementFromPoint(
        (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2, (box.top + Math.min(box.bottom, innerHeight)) / 2
    );
    return {
        name: part.outerHTML.replaceAll(/\\s+/g, " ").slice(0, 100),
        marked: styles.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2),
        covered: !top || !(seen.contains(top) || top.contains(seen)),
    };
}"""


@pytest.fixture
def ana(learner: Callable[..., Learner]) -> Learner:
    return learner("en", examine=False)


def stops(page: Page) -> list[dict]:
    """Every place where Tab stops, from the top of the page to its end."""
    found = []
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or stop in found[:1]:
            return found
        found.append(stop)
    raise AssertionError("Tab never leaves the page")


def enter(page: Page, name: str) -> None:
    """Goes on to the link or button of this name, and through it."""
    tab_to(page, name)
    with page.expect_event("load"):
        page.keyboard.press("Enter")


def tab_to(page: Page, name: str) -> None:
    named = page.get_by_role("link", name=name, exact=True).or_(page.get_by_role("button", name=name, exact=True))
    named = named.or_(page.get_by_role("radio", name=name)).and_(page.locator(":focus"))
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if named.count():
            return
    raise AssertionError(f"Tab does not reach {name}")


@pytest.mark.parametrize(
    "path", ["", f"modules/{content.MODULE}/", f"modules/{content.MODULE}/setting/", "sign-in/", "help/", "verify/"]
)
def test_each_stop_is_marked_and_uncovered(path: str, ana: Learner) -> None:
    ana.walk.open(f"/en/{path}")
    found = stops(ana.page)
    assert [stop["name"] for stop in found if stop["covered"] or not stop["marked"]] == []
    assert "Skip to the main content" in found[0]["name"]
    assert len(found) > 10


def test_module_is_begun_and_first_test_taken_by_keys_alone(ana: Learner) -> None:
    page = ana.page
    ana.walk.open("/en/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    enter(page, content.module("en"))
    enter(page, "Choose your professional setting")
    tab_to(page, content.setting("health-care", "en"))
    page.keyboard.press("Space")
    enter(page, "See my path")
    sign_in_by_keys(ana)
    enter(page, "See my path")
    enter(page, "Begin")
    ana.on_step("before-you-begin")
    answer_check_by_keys(page)
    each = stops(page)
    assert [stop["name"] for stop in each if stop["covered"] or not stop["marked"]] == []
    enter(page, "Finish and continue")
    enter(page, "Start the questions")
    answer_test_by_keys(ana)
    ana.heading("Thank you. That is where you begin.")


def sign_in_by_keys(ana: Learner) -> None:
    page = ana.page
    ana.heading("Sign in or start")
    while not page.get_by_label("Your e-mail address").and_(page.locator(":focus")).count():
        page.keyboard.press("Tab")
    page.keyboard.type(ana.email)
    with page.expect_event("load"):
        page.keyboard.press("Enter")
    ana.heading("Enter your code")
    ana.enter_code()


def answer_check_by_keys(page: Page) -> None:
    """The answer comes without a new page, and the focus goes with it."""
    first = page.locator(".practice input[type=radio]").first
    while not first.and_(page.locator(":focus")).count():
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    tab_to(page, "See the answer")
    page.keyboard.press("Enter")
    expect(page.locator(".practice h2")).to_be_focused()
    expect(page.locator(".option__feedback")).to_be_visible()


def answer_test_by_keys(ana: Learner) -> None:
    page = ana.page
    for place in range(1, len(ana.questions()) + 1):
        first = page.locator(f"#q{place}-1")
        while not first.and_(page.locator(":focus")).count():
            page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        expect(page.locator(f"#q{place}-2")).to_be_checked()
    enter(page, "Finish the test")


@pytest.fixture
def weather(begin: Callable[..., Walk]) -> Walk:
    """A visitor for whom the neutral page answers from here."""
    walk = begin("en", examine=False)
    _answer_for_the_weather(walk.context)
    walk.open("/en/")
    walk.open("/en/help/")
    return walk


def _answer_for_the_weather(context: BrowserContext) -> None:
    context.route(f"{WEATHER}**", lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html"))


def test_three_presses_of_shift_leave_and_back_does_not_return(weather: Walk) -> None:
    status = weather.page.get_by_role("status").last
    weather.page.keyboard.press("Shift")
    expect(status).to_have_text("Shift, press 2 more times to exit.")
    weather.page.keyboard.press("Shift")
    expect(status).to_have_text("Shift, press 1 more time to exit.")
    weather.page.keyboard.press("Shift")
    weather.page.wait_for_url(WEATHER)
    weather.page.go_back()
    assert weather.path == "/en/"
    assert weather.problems == [f"asks another host: {WEATHER}"]
    weather.problems.clear()


def test_another_key_between_presses_of_shift_keeps_the_page(weather: Walk) -> None:
    for key in ("Shift", "Shift", "a", "Shift", "Shift"):
        weather.page.keyboard.press(key)
    expect(weather.page.get_by_role("status").last).to_have_text("Shift, press 1 more time to exit.")
    assert weather.path == "/en/help/"
