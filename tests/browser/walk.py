import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response

from tests.browser import checks
from tests.browser.site import Site
from tests.browser.words import Words

SHOTS = os.environ.get("SOAR_SHOTS", "")


class Walk:
    """One person in one browser: keeps every page met on the way, and what is amiss with it, for the end."""

    def __init__(self, context: BrowserContext, site: Site, language: str, *, examine: bool = True) -> None:
        self.context, self.site, self.examine = context, site, examine
        self.words = Words(language)
        self.problems: list[str] = []
        self.pages: dict[str, str] = {}
        self._seen: set[tuple[str, str]] = set()
        self._document: Response | None = None
        context.set_default_timeout(10_000)
        context.on("request", self._note_request)
        context.on("response", self._note_response)
        context.on("console", self._note_console)
        context.on("weberror", lambda error: self.problems.append(f"script: {error.error}"))
        self.page: Page = context.new_page()

    @property
    def language(self) -> str:
        return self.words.language

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def in_language(self, language: str) -> None:
        self.words = Words(language)

    def new_tab(self) -> None:
        """The tab is closed, and another opened."""
        self.page.close()
        self.page = self.context.new_page()

    @contextmanager
    def in_a_hurry(self) -> Iterator[None]:
        """Through pages that another story looks at."""
        examine, self.examine = self.examine, False
        yield
        self.examine = examine

    def open(self, path: str) -> None:
        self.page.goto(self.site.url + path)
        self.look()

    def follow(self, name: str | re.Pattern, within: Locator | None = None) -> None:
        self._press("link", name, within)

    def press(self, name: str | re.Pattern, within: Locator | None = None) -> None:
        self._press("button", name, within)

    def _press(self, role: str, name: str | re.Pattern, within: Locator | None) -> None:
        place = within or self.page.locator("#main, .bar")
        with self.page.expect_event("load"):
            place.get_by_role(role, name=name, exact=True).first.click()
        self.look()

    def choose(self, text: str, within: Locator | None = None) -> None:
        """A radio button or checkbox: people press its words."""
        place = within or self.page.get_by_role("main")
        place.locator("label").filter(has_text=re.compile(rf"^\s*{_loosely(text)}")).first.click()

    def group(self, prompt: str) -> Locator:
        return self.page.get_by_role("group").filter(has=self.page.locator("legend", has_text=prompt))

    def switch_language(self) -> None:
        with self.page.expect_event("load"):
            switch = self.page.locator("header").get_by_role("button", name=self.words.other_name, exact=True)
            switch.or_(self.page.locator("header").get_by_role("link", name=self.words.other_name, exact=True)).click()
        self.in_language(self.words.other)
        self.look()

    def look(self) -> None:
        """Every page once in each state; what was chosen on it makes no new state."""
        state = (self.page.url.partition("#")[0], self.page.locator("body").inner_text())
        if state in self._seen:
            return
        self._seen.add(state)
        place = f"{self.language} {self.path}"
        if self._document is not None:
            self.pages[f"{place} {len(self.pages)}"] = self._document.text()
        if not self.examine:
            return
        found = checks.barriers(self.page) + checks.too_wide(self.page) + self._foreign_words()
        self.problems += [f"{place} {what}" for what in found]
        if SHOTS:
            self._shoot(Path(SHOTS))

    def _foreign_words(self) -> list[str]:
        return checks.foreign_words(self.page, self.language) if self.path != "/" else []

    def _shoot(self, folder: Path) -> None:
        name = re.sub(r"[^a-z0-9]+", "-", self.path.lower()).strip("-") or "front-door"
        for width in (320, 1440):
            with checks.whole_page(self.page, width=width):
                self.page.screenshot(path=folder / str(width) / f"{self.language}-{len(self._seen):02}-{name}.png")

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((self.site.url + "/", "data:", "blob:")):
            self.problems.append(f"asks another host: {request.url}")

    def _note_response(self, response: Response) -> None:
        if response.request.is_navigation_request():
            if response.status not in (301, 302):
                self._document = response
        elif response.status >= 400:
            self.problems.append(f"{response.status}: {response.url}")

    def _note_console(self, message: ConsoleMessage) -> None:
        # The browser remarks on every page whose status is not 200, also where that is the right answer.
        is_refusal = self._document is not None and message.location["url"] == self._document.url
        if is_refusal and message.text.startswith("Failed to load resource"):
            return
        if message.type in ("error", "warning"):
            self.problems.append(f"console: {message.text}")


def _loosely(text: str) -> str:
    return r"\s+".join(re.escape(word) for word in text.split())
