from collections.abc import Callable

import pytest

from courses.models import Module
from tests.courses import factories


@pytest.fixture
def media(settings, tmp_path_factory):
    """Pictures go to a folder of this test's own."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    return settings.MEDIA_ROOT


@pytest.fixture
def draft(db, media, tmp_path) -> Callable[..., Module]:
    """The tiny content, or the files given, as drafts."""
    return lambda files=None: factories.draft(tmp_path, files)
