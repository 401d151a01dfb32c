from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from learning.errors import NotOpenYet, UnknownChoice
from learning.models import Completion, Enrolment, SurveyAnswer, SurveyDone
from learning.services.surveys import COMMENT_LENGTH, answer_survey

pytestmark = pytest.mark.django_db
WHOLE = {"ready": "4", "applies": "some", "comment": "Gracias"}


@pytest.fixture
def passed(ready, finish) -> Enrolment:
    """Only the survey is left."""
    return finish("final-test")


def give(row: Enrolment, answers: dict, locale: str = "es") -> Enrolment:
    return answer_survey(enrolment=row, step=row.content.step("survey"), answers=answers, locale=locale, by=row.user)


def stored() -> set[tuple]:
    return set(SurveyAnswer.objects.values_list("item", "value"))


def test_answers_are_stored_and_complete_the_module(passed):
    row = give(passed, WHOLE)
    assert stored() == {("ready", "4"), ("applies", "some"), ("comment", "Gracias")}
    done = SurveyDone.objects.get()
    assert (done.enrolment, done.locale, done.setting) == (passed, "es", "clinic")
    assert row.completed_at == Completion.objects.get().at


def test_answers_hold_nothing_that_leads_to_a_person():
    fields = {field.name: field.get_internal_type() for field in SurveyAnswer._meta.get_fields()}
    assert fields == {
        "id": "UUIDField",
        "release": "ForeignKey",
        "month": "DateField",
        "item": "SlugField",
        "value": "TextField",
    }
    assert SurveyAnswer._meta.get_field("id").default().version == 4  # random, without a clock
    assert SurveyAnswer._meta.ordering == []


def test_answers_carry_the_month_only(passed):
    give(passed, WHOLE)
    first = timezone.localdate().replace(day=1)
    assert set(SurveyAnswer.objects.values_list("month", flat=True)) == {first}


def test_day_is_refused_by_the_database(passed):
    with pytest.raises(IntegrityError), transaction.atomic():
        SurveyAnswer.objects.create(release=passed.release, month=date(2026, 11, 22), item="ready", value="4")


def test_second_answer_is_ignored(passed):
    give(passed, WHOLE)
    give(passed, {"ready": "1"})
    assert (stored(), SurveyDone.objects.count()) == ({("ready", "4"), ("applies", "some"), ("comment", "Gracias")}, 1)


def test_every_question_may_be_left_out(passed):
    row = give(passed, {"ready": "", "comment": ""})
    assert (stored(), bool(row.completed_at)) == (set(), True)


def test_survey_waits_for_the_final_test(ready):
    with pytest.raises(NotOpenYet):
        give(ready, WHOLE)
    assert (stored(), SurveyDone.objects.count()) == (set(), 0)


@pytest.mark.parametrize(
    "answers",
    [
        {"ready": "0"},
        {"ready": "6"},
        {"ready": "four"},
        {"ready": "4", "applies": "none"},
        {"comment": "x" * (COMMENT_LENGTH + 1)},
    ],
)
def test_answer_that_does_not_fit_is_refused_and_nothing_is_stored(answers, passed):
    with pytest.raises(UnknownChoice):
        give(passed, answers)
    assert (stored(), Enrolment.objects.get().completed_at) == (set(), None)


def test_answer_to_a_question_nobody_asked_is_not_stored(passed):
    give(passed, {"ready": "5", "salary": "100"})
    assert stored() == {("ready", "5")}


def test_longest_comment_is_kept_whole(passed):
    give(passed, {"comment": "ñ" * COMMENT_LENGTH})
    assert stored() == {("comment", "ñ" * COMMENT_LENGTH)}
