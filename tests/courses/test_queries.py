from datetime import date, timedelta

import pytest
from django.utils import timezone

from courses.queries import catalogue, current_release
from courses.services.releases import withdraw
from tests.factories import document, release, user, words

pytestmark = pytest.mark.django_db


def numbers(locale: str) -> list[tuple[str, int]]:
    return [(row.module.key, row.number) for row in catalogue(locale)]


@pytest.fixture
def two_editions():
    """Edition 2 is in English only."""
    return release(), release(document(locales=("en",)), number=2)


def test_catalogue_shows_the_newest_edition_of_each_language(two_editions):
    assert (numbers("en"), numbers("es")) == ([("basics", 2)], [("basics", 1)])
    assert [current_release("basics", locale).number for locale in ("en", "es")] == [2, 1]


def test_catalogue_shows_each_module_once(two_editions):
    release(document(key="advanced", title=words("advanced")))
    assert numbers("en") == [("basics", 2), ("advanced", 1)]


def test_withdrawn_edition_gives_way_to_the_one_before(two_editions):
    withdraw(release=two_editions[1], locale="en", reason="wrong", by=user())
    assert (numbers("en"), current_release("basics", "en").number) == ([("basics", 1)], 1)


def test_module_withdrawn_in_one_language_stays_in_the_other():
    withdraw(release=release(), locale="es", reason="wrong", by=user())
    assert (numbers("en"), numbers("es")) == ([("basics", 1)], [])
    assert current_release("basics", "es") is None


def test_edition_opened_again_is_back():
    row = release()
    withdraw(release=row, locale="en", reason="wrong", by=user())
    row.events.create(locale="en", kind="opened")
    assert numbers("en") == [("basics", 1)]


@pytest.mark.parametrize("days, open_to_learners", [(-1, False), (0, True), (1, True)])
def test_module_is_open_until_its_termination_date(days, open_to_learners):
    last = timezone.localdate() + timedelta(days=days)
    release(document(review_on=date(2026, 1, 1), terminates_on=last))
    assert [bool(catalogue("en")), current_release("basics", "en") is not None] == [open_to_learners] * 2


def test_unknown_module_and_language_have_no_release():
    release()
    assert current_release("other", "en") is None
    assert current_release("basics", "fr") is None


def test_catalogue_costs_one_query_whatever_the_number_of_modules(django_assert_num_queries):
    for place in range(4):
        release(document(key=f"m{place}")).content  # noqa: B018 decoded once per process
    with django_assert_num_queries(1):
        assert len(catalogue("en")) == 4


def test_reading_a_known_release_costs_one_query(django_assert_num_queries):
    release().content  # noqa: B018 decoded once per process
    with django_assert_num_queries(1):
        assert current_release("basics", "en").content.key == "basics"
