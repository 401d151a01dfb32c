from collections.abc import Callable, Iterator
from itertools import count

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import checks
from tests.browser.learner import Learner
from tests.browser.site import Site
from tests.browser.walk import Walk

CHROMIUM = "/usr/bin/chromium"
_numbers = count(1)


# Both live for this folder only: while Playwright's loop runs, Django refuses the database to other tests.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """With the module imported and published, and nobody on it yet."""
    site = Site(tmp_path_factory.mktemp("site"))
    site.start()
    yield site
    site.stop()


@pytest.fixture
def begin(browser: Browser, site: Site) -> Iterator[Callable[..., Walk]]:
    """A walk on a device of its own; whatever was amiss on any of them fails the test when it ends."""
    walks = []

    def begin(language: str, *, examine: bool = True, **options) -> Walk:
        locale = {"en": "en-US", "es": "es-US"}[language]
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale=locale, **options)
        walks.append(Walk(context, site, language, examine=examine))
        return walks[-1]

    yield begin
    for walk in walks:
        walk.context.close()
    assert [problem for walk in walks for problem in dict.fromkeys(walk.problems)] == []


@pytest.fixture
def learner(begin: Callable[..., Walk]) -> Callable[..., Learner]:
    """Somebody new, or somebody known on another device."""

    def learner(language: str, *, known: Learner | None = None, **options) -> Learner:
        if known:
            return Learner(begin(language, **options), known.email, signed_in_before=1)
        return Learner(begin(language, **options), f"learner-{next(_numbers)}@example.org")

    return learner


@pytest.fixture
def valid_html(tmp_path) -> Callable[[dict[str, str]], None]:
    def valid_html(pages: dict[str, str]) -> None:
        assert checks.invalid_html(pages, tmp_path) == []

    return valid_html
