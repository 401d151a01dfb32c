from datetime import date

from certificates import document
from tests import factories


def test_frozen_facts_speak_the_certificates_language():
    facts = document.freeze(
        factories.document(),
        edition=3,
        setting="school",
        locale="es",
        completed_on=date(2026, 11, 22),
        demonstration=True,
    )
    assert facts == document.Facts(
        module="basics",
        title="title (español)",
        setting="school",
        setting_name="school (español)",
        provider="provider (español)",
        statement="statement (español)",
        format="online-self-paced",
        minutes=21,
        edition=3,
        completed_on=date(2026, 11, 22),
        demonstration=True,
    )


def test_facts_survive_storage():
    facts = document.freeze(
        factories.document(),
        edition=1,
        setting="clinic",
        locale="en",
        completed_on=date(2026, 1, 2),
        demonstration=False,
    )
    assert document.decode(document.encode(facts)) == facts
