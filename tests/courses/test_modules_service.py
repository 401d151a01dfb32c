import pytest
from django.utils import timezone

from courses.building import build
from courses.choices import LOCALES
from courses.columns import stamp
from courses.errors import Conflict, InUse, NotOfThisModule, OneIsEnough
from courses.models import Change, Module, Setting, Step
from courses.parts import PARTS
from courses.services.copying import duplicate
from courses.services.matrix import Wanted, assign_settings
from courses.services.modules import create_module
from courses.services.structure import add, archive, move, restore
from courses.texts import translations_of
from tests.factories import user

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return user("author@example.org")


@pytest.fixture
def settings_rows() -> list[Setting]:
    texts = {"icon": "people", "name_en": "Name", "name_es": "Nombre", "places_en": "Places", "places_es": "Lugares"}
    return [Setting.objects.create(key=key, position=at, **texts) for at, key in enumerate(("clinic", "school"))]


@pytest.fixture
def made(by, settings_rows) -> Module:
    return create_module(title_en="First steps", title_es="Primeros pasos", settings=["clinic", "school"], by=by)


def lesson(made: Module, by, title: str = "Myths") -> Step:
    section = made.sections.get(key="learn")
    return add(
        part=PARTS["step"],
        module=made,
        by=by,
        parent=section,
        name=title,
        values={"title_en": title},
        kind="lesson",
        minutes=5,
    )


def test_new_module_has_sections_tests_survey_and_objectives_in_both_languages(made):
    document = build(made, LOCALES)
    assert made.key == "first-steps"
    assert [section.key for section in document.sections] == ["begin", "learn", "finish"]
    assert [(step.key, step.section) for step in document.steps] == [
        ("first-test", "begin"),
        ("final-test", "finish"),
        ("short-survey", "finish"),
    ]
    assert [item.key for item in document.step("short-survey").items] == [
        "confidence-before",
        "confidence-now",
        "comment",
    ]
    assert [objective.key for objective in document.objectives] == ["stop", "observe", "ask", "respond"]
    assert [item.missing for item in translations_of(made) if item.missing] == []
    assert {setting.key for setting in document.settings} == {"clinic", "school"}


def test_new_module_lasts_two_years_and_passes_at_80(made):
    today = timezone.localdate()
    assert (made.pass_mark, made.attempts_allowed, made.released_on) == (80, None, today)
    assert (made.review_on.year, made.terminates_on.year) == (today.year + 1, today.year + 2)


def test_new_module_is_in_its_history_with_its_author(made, by):
    changes = Change.objects.filter(module=made)
    assert set(changes.values_list("act", "by")) == {("created", by.pk)}
    assert changes.filter(part="module").get().fields["title_es"] == [None, "Primeros pasos"]


def test_module_titled_in_spanish_alone_is_written_in_spanish(by, settings_rows):
    made = create_module(title_en="", title_es="Señales", settings=["clinic"], by=by)
    assert (made.key, made.source_locale) == ("senales", "es")


def test_second_module_of_a_title_gets_a_key_of_its_own(made, by):
    again = create_module(title_en="First steps", title_es="", settings=["clinic"], by=by)
    assert (again.key, again.sections.count()) == ("first-steps-2", 3)


@pytest.mark.parametrize("key", ["first-test", "final-test", "short-survey"])
def test_second_test_or_survey_is_refused(made, by, key):
    step = made.steps.get(key=key)
    with pytest.raises(OneIsEnough):
        duplicate(part="step", row=step.pk, module=made, by=by)
    archive(part=PARTS["step"], row=step.pk, module=made, by=by)
    fixed = {"kind": step.kind, "stage": step.stage, "minutes": 1}
    add(part=PARTS["step"], module=made, by=by, parent=step.section, name="other", **fixed)
    with pytest.raises(OneIsEnough):
        restore(part=PARTS["step"], row=step.pk, module=made, by=by)


def test_section_with_steps_is_not_archived(made, by):
    begin = made.sections.get(key="begin")
    with pytest.raises(InUse) as refusal:
        archive(part=PARTS["section"], row=begin.pk, module=made, by=by)
    assert refusal.value.by == [("first-test",)]
    move(
        part=PARTS["step"],
        row=made.steps.get(key="first-test").pk,
        module=made,
        to=1,
        by=by,
        parent=made.sections.get(key="learn"),
    )
    assert archive(part=PARTS["section"], row=begin.pk, module=made, by=by).archived


def test_restoring_a_step_brings_its_section_back(made, by):
    step = lesson(made, by)
    archive(part=PARTS["step"], row=step.pk, module=made, by=by)
    archive(part=PARTS["section"], row=step.section_id, module=made, by=by)
    restore(part=PARTS["step"], row=step.pk, module=made, by=by)
    assert [section.key for section in build(made, LOCALES).sections] == ["begin", "finish", "learn"]
    assert build(made, LOCALES).step("myths").section == "learn"


def test_assigning_settings_writes_each_changed_step(made, by):
    steps = [lesson(made, by), lesson(made, by, "Signs")]
    wanted = {
        step.pk: Wanted(keys, stamp(step, PARTS["step"])) for step, keys in zip(steps, (["clinic"], []), strict=True)
    }
    assign_settings(module=made, wanted=wanted, by=by)
    assert [sorted(step.settings.values_list("key", flat=True)) for step in steps] == [["clinic"], []]
    assert Change.objects.filter(act="edited").get().fields == {"settings": [[], ["clinic"]]}


def test_assigning_settings_is_all_or_nothing(made, by):
    first, second = lesson(made, by), lesson(made, by, "Signs")
    wanted = {
        first.pk: Wanted(["clinic"], stamp(first, PARTS["step"])),
        second.pk: Wanted(["clinic"], "an older stamp"),
    }
    with pytest.raises(Conflict):
        assign_settings(module=made, wanted=wanted, by=by)
    assert not first.settings.exists() and not second.settings.exists()


def test_assigning_settings_to_a_step_of_another_module_is_refused(made, by):
    other = create_module(title_en="Other", title_es="", settings=["clinic"], by=by)
    step = lesson(other, by)
    with pytest.raises(NotOfThisModule):
        assign_settings(module=made, wanted={step.pk: Wanted(["clinic"], stamp(step, PARTS["step"]))}, by=by)
    assert not step.settings.exists()
