"""The house rules of docs/content-style.md and docs/content-packages.md, held against the real content."""

from collections import Counter
from itertools import combinations

import pytest
from django.conf import settings as project
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from msgspec.structs import replace

from courses.building import build
from courses.choices import LOCALES, Form
from courses.document import Document, Figure, Lesson, Note, Text, decode, encode
from courses.models import Module
from courses.packages.folder import read_folder
from courses.paths import minutes, path
from courses.publishing import publish_issues
from tests.courses.content_measures import likeness, plain_words, reading_minutes
from tests.factories import lesson

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MOST_ALIKE = 0.25
MINUTES_OFF = 1.2
# How to use this site, and drawings of what the block beside them says with its sources.
STATE_NO_FACT = {"your-pace", "context-figure", "circles-figure"}


@pytest.fixture(scope="module")
def contents(django_db_setup, django_db_blocker, tmp_path_factory) -> list[Document]:
    """Every module of content/ as it would be released, imported once for all these tests and rolled back."""
    documents: list[Document] = []
    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), media, pytest.raises(_Undo), transaction.atomic():
        call_command("import_content", project.CONTENT_DIR, verbosity=0)
        documents += [build(module, LOCALES) for module in Module.objects.all()]
        raise _Undo
    return documents


class _Undo(Exception):
    pass


@pytest.fixture(scope="module")
def lessons(contents) -> list[Lesson]:
    return [step for content in contents for step in content.steps if isinstance(step, Lesson)]


def test_content_is_read_without_a_problem():
    content = read_folder(project.CONTENT_DIR, set)
    assert (len(content.settings.settings), [package.module.key for package in content.packages], content.problems) == (
        6,
        ["soar-health-wellness"],
        [],
    )


def test_content_may_be_published(contents):
    issues = [str(issue) for content in contents for issue in publish_issues(content, timezone.localdate())]
    assert issues == []
    assert [decode(encode(content)) for content in contents] == contents


@pytest.mark.parametrize("locale", LOCALES)
def test_lessons_of_two_settings_are_written_apart(locale, lessons):
    own = [step for step in lessons if step.settings]
    pairs = [(a, b) for a, b in combinations(own, 2) if not set(a.settings) & set(b.settings)]
    assert len(pairs) > 100
    too_alike = {(a.key, b.key): share for a, b in pairs if (share := round(likeness(a, b, locale), 2)) >= MOST_ALIKE}
    assert too_alike == {}


@pytest.mark.parametrize("locale", LOCALES)
def test_lessons_promise_honest_minutes(locale, lessons):
    needed = {step.key: (step.minutes, round(reading_minutes(step, locale), 1)) for step in lessons}
    assert {key: pair for key, pair in needed.items() if round(abs(pair[0] - pair[1]), 1) > MINUTES_OFF} == {}


def test_every_path_takes_forty_to_fifty_minutes(contents):
    taken = {s.key: minutes(path(content, s.key)) for content in contents for s in content.settings}
    assert len(taken) == 6
    assert {key: total for key, total in taken.items() if not 40 <= total <= 50} == {}


def test_every_setting_is_asked_at_least_twelve_questions_a_form(contents):
    asked = {
        (setting.key, form.value): len(content.questions_for(form, setting.key))
        for content in contents
        for setting in content.settings
        for form in Form
    }
    assert len(asked) == 12
    assert {key: total for key, total in asked.items() if total < 12} == {}


def test_no_key_means_two_things(contents):
    for content in contents:
        keys = Counter([step.key for step in content.steps] + [question.key for question in content.questions])
        assert [key for key, times in keys.items() if times > 1] == []


def test_blocks_that_state_facts_name_their_sources(contents, lessons):
    silent = [
        (step.key, block.key)
        for step in lessons
        for block in step.blocks
        if isinstance(block, Text | Note | Figure) and not block.sources and block.key not in STATE_NO_FACT
    ]
    assert silent == []
    assert [question.key for content in contents for question in content.questions if not question.sources] == []


def lesson_saying(text: str) -> Lesson:
    return replace(lesson("any"), title={}, summary={}, blocks=(Note(key="note", html={"en": text}),))


def test_likeness_is_the_share_of_five_word_runs_in_common():
    whole, half, other = map(lesson_saying, ("a b c d e f", "a b c d e x", "v w x y z"))
    assert [likeness(whole, lesson, "en") for lesson in (whole, half, other)] == [1.0, 0.5, 0.0]
    assert likeness(whole, whole, "es") == 0.0


def test_reading_takes_a_minute_for_180_words_and_half_a_minute_for_an_exercise():
    assert reading_minutes(lesson_saying("word " * 360), "en") == 2.0
    assert reading_minutes(replace(lesson("any"), title={}, summary={}), "fr") == 1.0


def test_plain_words_are_words_without_markup():
    found = plain_words("<p>¿Qué&nbsp;<em>tal</em>, o’clock co-worker 80%?</p>")
    assert found == ["qué", "tal", "o’clock", "co-worker", "80"]
