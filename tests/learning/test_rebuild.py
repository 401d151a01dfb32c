import pytest
from django.core.management import call_command

from learning.models import Completion, Enrolment, Visit
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def rebuild(capsys):
    def rebuild(**options) -> list[str]:
        call_command("rebuild_summaries", **options)
        return capsys.readouterr().out.splitlines()

    return rebuild


@pytest.fixture
def learners() -> list[Enrolment]:
    """At the beginning, half-way with other settings' steps, and complete."""
    begun, half, done = (
        factories.enrolment(by=factories.user(f"{name}@example.org")) for name in ("begun", "half", "done")
    )
    for key in ("first-test", "school-lesson", "shared"):
        factories.finish(half, key)
    factories.finish_all(done)
    return [begun, half, done]


def summaries() -> list[dict]:
    return list(Enrolment.objects.order_by("pk").values_list("summary", flat=True))


def test_summaries_written_with_the_facts_are_what_the_facts_come_to(learners, rebuild):
    before = summaries()
    assert rebuild() == ["3 compared, 0 different"]
    assert summaries() == before


@pytest.mark.parametrize("wrong", [{}, {"opened": ["shared"], "finished": ["shared"]}])
def test_difference_is_named_and_left_alone(wrong, learners, rebuild):
    Enrolment.objects.filter(pk=learners[1].pk).update(summary=wrong)
    assert rebuild() == [f"enrolment {learners[1].pk} differs from its facts", "3 compared, 1 different"]
    assert summaries()[1] == wrong


def test_repair_writes_what_the_facts_say(learners, rebuild):
    before = summaries()
    Enrolment.objects.update(summary={"opened": ["ghost"], "finished": ["ghost"]})
    assert rebuild(repair=True)[-1] == "3 compared, 3 different, repaired"
    assert [{name: sorted(s.get(name, [])) for name in ("opened", "finished")} for s in before] == summaries()
    assert rebuild() == ["3 compared, 0 different"]


def test_lost_visit_is_found_out(learners, rebuild):
    Visit.objects.filter(enrolment=learners[2], step="survey").delete()
    assert rebuild() == [f"enrolment {learners[2].pk} differs from its facts", "3 compared, 1 different"]


def test_completion_that_its_enrolment_forgot_is_found_and_repaired(learners, rebuild):
    done = learners[-1]
    Enrolment.objects.filter(pk=done.pk).update(completed_at=None)
    assert rebuild(repair=True) == [f"enrolment {done.pk} differs from its facts", "3 compared, 1 different, repaired"]
    assert Enrolment.objects.get(pk=done.pk).completed_at == Completion.objects.get().at
    assert rebuild() == ["3 compared, 0 different"]
