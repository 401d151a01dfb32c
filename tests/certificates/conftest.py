import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet():
    cache.clear()
