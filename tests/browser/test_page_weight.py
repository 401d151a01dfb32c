"""What a lesson costs on a slow network, with every file it needs, as counted by the browser on the wire."""

from collections.abc import Callable

import pytest

from tests.browser import content
from tests.browser.learner import Learner
from tests.browser.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LESSON = f"/en/learn/{content.MODULE}/steps/what-trafficking-is/"
COLD, WARM = 110_000, 8_000


def weigh(walk: Walk, path: str) -> int:
    """Bytes received for a page and everything it asks for."""
    received = []
    session = walk.context.new_cdp_session(walk.page)
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    session.send("Network.enable")
    walk.page.goto(walk.site.url + path, wait_until="networkidle")
    session.detach()
    return round(sum(received))


def test_lesson_is_light_the_first_time_and_lighter_the_second(
    learner: Callable[..., Learner], begin: Callable[..., Walk]
) -> None:
    ana = learner("en", examine=False)
    ana.choose_language()
    ana.choose_module()
    ana.choose_setting("health-care")
    ana.sign_in()
    ana.walk.press(ana.walk.words("See my path"))
    fresh = begin("en", examine=False, storage_state=ana.walk.context.storage_state())
    assert weigh(fresh, LESSON) <= COLD
    assert weigh(fresh, LESSON) <= WARM
