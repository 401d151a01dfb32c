from datetime import date
from decimal import Decimal

import pytest

from certificates import document
from certificates.document import License, expiry
from courses.choices import CreditType
from courses.credit import offer_named
from tests import factories
from tests.certificates.factories import offer

HELD = License(number="RN 884213", state="TX")


def frozen(key: str = "completion", **fields) -> document.Facts:
    content = factories.document(offers=(offer(),))
    told = {"profession": "", "license": License(), "demonstration": True, "completed_on": date(2026, 11, 22)}
    return document.freeze(content, offer_named(content, key), edition=3, setting="school", **told | fields)


def test_facts_are_frozen_in_every_language_of_the_edition():
    assert frozen() == document.Facts(
        module="basics",
        edition=3,
        title=factories.words("title"),
        setting="school",
        setting_name=factories.words("school"),
        minutes=21,
        completed_on=date(2026, 11, 22),
        credit=document.Credit(
            offer="completion",
            type=CreditType.COMPLETION,
            provider=factories.words("provider"),
            statement=factories.words("statement"),
        ),
        demonstration=True,
    )


def test_credit_is_frozen_whole():
    facts = frozen("nursing", profession="nurse", license=HELD)
    assert (facts.profession, facts.license) == ("nurse", HELD)
    assert facts.credit == document.Credit(
        offer="nursing",
        type=CreditType.CONTACT_HOURS,
        amount=Decimal("1.25"),
        provider_address="1 Elm Street, Austin, TX 78701",
        provider_number="P-0000",
        **{
            name: factories.words(f"{name} of nursing") for name in ("name", "provider", "format", "statement", "extra")
        },
    )


@pytest.mark.parametrize("fields", [{}, {"key": "nursing", "profession": "nurse", "license": HELD}])
def test_facts_survive_storage(fields):
    facts = frozen(**fields)
    assert document.decode(document.encode(facts)) == facts


@pytest.mark.parametrize(
    "completed_on, months, last",
    [
        (date(2026, 11, 22), None, None),
        (date(2026, 11, 22), 24, date(2028, 11, 22)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 3, date(2026, 11, 30)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 11, 22), 13, date(2027, 12, 22)),
    ],
)
def test_expiry_is_the_same_day_so_many_months_later_or_that_months_last(completed_on, months, last):
    assert expiry(completed_on, months) == last
