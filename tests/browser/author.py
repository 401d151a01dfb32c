import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page

from tests.browser import checks
from tests.browser.walk import Walk

# The pictures of the authors' guide are taken on the way: SOAR_GUIDE=docs/images/authoring.
GUIDE = os.environ.get("SOAR_GUIDE", "")
MOST_STOPS = 1500
ADDRESSES = """links => links.map((link) => new URL(link.getAttribute("href"), location))
    .map(({ pathname, search }) => pathname + search)"""
FOCUSED = "part => part === document.activeElement"
WRITE_BOTH = {"en": "English", "es": "Spanish"}


class Author:
    """What somebody does in the studio, with the keyboard alone."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.words = walk.words

    @property
    def page(self) -> Page:
        return self.walk.page

    def come_in(self, person: str = "Alex Morgan, administrator") -> None:
        self.walk.open(f"/{self.walk.language}/sign-in/")
        self.press(self.words(person))
        # Whoever signs in is greeted in their own language.
        self.walk.open(f"/{self.walk.language}/training/")
        self.follow(self.words("Go to the studio"))

    # Keys

    def reach(self, target: Locator) -> None:
        """On with Tab until it has the focus."""
        handle = target.first.element_handle()
        for _stop in range(MOST_STOPS):
            if handle.evaluate(FOCUSED):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {target}")

    def _go(self, target: Locator) -> None:
        self.reach(target)
        with self.page.expect_event("load"):
            self.page.keyboard.press("Enter")

    def press(self, name: str | re.Pattern, within: Locator | None = None) -> None:
        self._go((within or self.page.locator("#main")).get_by_role("button", name=name))

    def follow(self, name: str | re.Pattern, within: Locator | None = None) -> None:
        self._go((within or self.page.locator("#main")).get_by_role("link", name=name))

    def unfold(self, name: str, within: Locator | None = None) -> None:
        summary = (within or self.page.locator("#main")).locator("summary").filter(has_text=name).first
        if summary.evaluate("part => part.parentElement.open"):
            return
        self.reach(summary)
        self.page.keyboard.press("Enter")

    def write(self, label: str, text: str, within: Locator | None = None) -> None:
        place = within or self.page.locator("#main")
        self.reach(place.get_by_role("textbox", name=label).or_(place.get_by_role("spinbutton", name=label)))
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def write_both(self, text: str, english: str, spanish: str, within: Locator | None = None) -> None:
        """A text in its two languages."""
        for locale, words in (("en", english), ("es", spanish)):
            label = self.words("%(text)s (%(language)s)") % {
                "text": self.words(text),
                "language": self.words(WRITE_BOTH[locale], "in brackets"),
            }
            self.write(label, words, within)

    def tick(self, name: str | re.Pattern, within: Locator | None = None) -> None:
        place = within or self.page.locator("#main")
        self.reach(place.get_by_role("checkbox", name=name).or_(place.get_by_role("radio", name=name)))
        self.page.keyboard.press("Space")

    def pick(self, label: str, option: str, within: Locator | None = None) -> None:
        """Typing a choice's first letters chooses it."""
        self.reach((within or self.page.locator("#main")).get_by_role("combobox", name=label))
        self.page.keyboard.type(option)

    # Places

    def part(self, anchor: str) -> Locator:
        return self.page.locator(f"[id='{anchor}']")

    @property
    def here(self) -> Locator:
        """The part that the last deed led to."""
        return self.part(urlsplit(self.page.url).fragment)

    @property
    def module(self) -> str:
        """The key of the module whose pages this is one of."""
        return re.search(r"/modules/([^/]+)/", urlsplit(self.page.url).path).group(1)

    def area(self, name: str) -> None:
        self.follow(self.words(name), self.page.get_by_role("navigation", name=self.words("Studio")))

    def tab(self, name: str, context: str = "") -> None:
        self.follow(self.words(name, context), self.page.get_by_role("navigation", name=self.words("Module")))

    def save(self, within: Locator | None = None) -> None:
        self.press(self.words("Save"), within)

    def show(self, name: str = "", part: Locator | None = None) -> None:
        """A look for what is amiss, and a picture for the guide: of the page's top, or of a part."""
        self.walk.look()
        if GUIDE and name and self.walk.examine:
            self._picture(Path(GUIDE), name, part)

    def _picture(self, folder: Path, name: str, part: Locator | None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        with checks.screen(self.page, width=1120, height=820):
            if part is not None:
                part.evaluate("part => { part.scrollIntoView(); scrollBy(0, -24); }")
            self.page.screenshot(path=folder / f"{self.walk.language}-{name}.png")

    def visit(self, path: str) -> list[str]:
        """Looks at a page of the studio; the addresses it links to. A preview is in the language of what it shows."""
        self.page.goto(self.walk.site.url + path)
        language = self.walk.language
        self.walk.in_language(self.page.locator("html").get_attribute("lang"))
        self.examine()
        self.walk.in_language(language)
        return self.page.locator("main a[href*='/studio/']").evaluate_all(ADDRESSES)

    def examine(self) -> None:
        """A look for what is amiss, on a phone too."""
        self.walk.look()
        if self.walk.examine:
            found = checks.barriers(self.page, width=320)
            self.walk.problems += [f"{self.walk.language} {self.walk.path} at 320: {what}" for what in found]
