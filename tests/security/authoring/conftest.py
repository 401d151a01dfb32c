import pytest

from accounts.models import User
from courses.models import Module
from tests.security.authoring.module import Text, draft, help_line, person, poison, speak_of


@pytest.fixture
def admin(db) -> User:
    """May do everything in the studio."""
    return person("admin", "administrator")


@pytest.fixture
def clean(tmp_path, settings, db) -> Module:
    settings.MEDIA_ROOT = tmp_path / "media"
    return draft(tmp_path / "content")


@pytest.fixture
def found(clean, admin) -> list[Text]:
    """Every text of the module, which holds hostile words now."""
    return poison(clean, admin)


@pytest.fixture
def module(clean, found, admin) -> Module:
    """Hostile, discussed and published as edition 1."""
    help_line()
    speak_of(clean, admin)
    return clean
