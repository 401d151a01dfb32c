import os
from collections.abc import Iterator

import pytest
from django.utils import translation


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if "TEST_BROKER_URL" not in os.environ:
        for item in items:
            if item.get_closest_marker("services"):
                item.add_marker(pytest.mark.skip(reason=".ci/run starts what this needs"))


@pytest.fixture(autouse=True)
def _no_language_left_over() -> Iterator[None]:
    """A request leaves its language active in the thread; the next test starts without one."""
    yield
    translation.deactivate()
