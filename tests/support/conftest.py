from datetime import date

import pytest
from django.core.cache import cache

from support.models import HelpLine


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    cache.clear()


@pytest.fixture
def line() -> HelpLine:
    return HelpLine.objects.create(
        key="emergency",
        urgent=True,
        name_en="Emergency",
        name_es="Emergencia",
        note_en="When someone is in danger now.",
        note_es="Cuando alguien está en peligro ahora.",
        contacts=[{"label": {"en": "Call 911", "es": "Llame al 911"}, "href": "tel:911"}],
        checked_on=date(2026, 11, 22),
    )
