"""The outline: what stands in it, and what authors do to it."""

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client

from courses.columns import stamp
from courses.models import Block, Change, Module, Option, Question, Section, Setting, Step
from courses.parts import PARTS
from courses.services.modules import create_module
from courses.services.releases import publish
from courses.services.structure import add, archive
from learning.models import Enrolment
from tests.factories import enrolment, user

BASICS = "/en/studio/modules/basics/"


def titles(module: Module) -> list[str]:
    steps = Step.live.filter(module=module, section__archived=False).order_by("section__position", "position")
    return list(steps.values_list("key", flat=True))


def step_of(module: Module, key: str) -> Step:
    return module.steps.get(key=key)


def page(client: Client, url: str = BASICS) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def large(steps: int, questions: int) -> Module:
    """A module of that size, in a section of its own, made without services."""
    by = user(f"large{steps}@example.org")
    module = create_module(title_en=f"Large {steps}", title_es="Grande", settings=["clinic"], by=by)
    section = module.sections.get(key="learn")
    Step.objects.bulk_create(
        Step(
            module=module,
            section=section,
            key=f"lesson-{number}",
            kind="lesson",
            minutes=3,
            position=number,
            title_en=f"Lesson {number}",
        )
        for number in range(steps)
    )
    lessons = list(module.steps.filter(kind="lesson"))
    through = Step.settings.through
    clinic = Setting.objects.get(key="clinic")
    through.objects.bulk_create(through(step_id=step.pk, setting_id=clinic.pk) for step in lessons[::2])
    Block.objects.bulk_create(Block(step=step, key="intro", kind="text", body_en="Text") for step in lessons)
    objective = module.objectives.first()
    Question.objects.bulk_create(
        Question(module=module, key=f"q-{n}", form="AB"[n % 2], objective=objective, stem_en="Why?", position=n)
        for n in range(questions)
    )
    bank = module.questions.all()
    Option.objects.bulk_create(Option(question=row, key="a", text_en="Because") for row in bank)
    return module


def queries(client: Client, django_assert_max_num_queries: Callable, url: str, most: int) -> int:
    client.get(url)  # what is read once a process is read
    with django_assert_max_num_queries(most) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_outline_of_200_steps_takes_at_most_15_queries(author, module, django_assert_max_num_queries):
    small, big = large(10, 20), large(200, 1000)
    numbers = [
        queries(author, django_assert_max_num_queries, f"/en/studio/modules/{row.key}/", 15) for row in (small, big)
    ]
    assert numbers[0] == numbers[1]


def test_map_takes_as_many_queries_for_30_steps_as_for_3(author, module, django_assert_max_num_queries):
    small, big = large(3, 3), large(30, 30)
    numbers = [
        queries(author, django_assert_max_num_queries, f"/en/studio/modules/{row.key}/map/", 15) for row in (small, big)
    ]
    assert numbers[0] == numbers[1]


def test_home_takes_as_many_queries_for_three_modules_as_for_one(author, module, django_assert_max_num_queries):
    before = queries(author, django_assert_max_num_queries, "/en/studio/", 15)
    for number in (1, 2):
        create_module(title_en=f"Module {number}", title_es="", settings=["clinic"], by=author.user)
    assert queries(author, django_assert_max_num_queries, "/en/studio/", 15) == before


def test_home_tells_state_of_each_module_in_words(author, module):
    assert "Never published" in page(author, "/en/studio/")
    publish(module=module, by=author.user)
    text = page(author, "/en/studio/")
    assert "English: edition 1 is open" in text and "Spanish: edition 1 is open" in text
    assert "Edited since" not in text
    add(part=PARTS["section"], module=module, by=author.user, name="more", values={"title_en": "More"})
    text = page(author, "/en/studio/")
    assert "Edited since" in text and author.user.email in text


def test_home_leads_support_to_learners_and_nowhere_else(as_role, module):
    text = page(as_role("support"), "/en/studio/")
    assert 'href="/en/studio/modules/basics/learners/"' in text
    assert 'href="/en/studio/modules/basics/"' not in text and "new-module" not in text


def test_new_module_is_made_and_its_outline_opened(author, module):
    form = {"title_en": "First steps", "title_es": "Primeros pasos", "settings": ["clinic", "school"]}
    answer = author.post("/en/studio/new-module/", form)
    assert (answer.status_code, answer["Location"]) == (302, "/en/studio/modules/first-steps/")
    made = Module.objects.get(key="first-steps")
    assert set(made.settings.values_list("key", flat=True)) == {"clinic", "school"}


@pytest.mark.parametrize(
    "form, message",
    [
        ({"title_en": " ", "settings": ["clinic"]}, "Enter a title in at least one language."),
        ({"title_en": "Kept title"}, "Choose at least one professional setting."),
        ({"title_en": "Kept title", "settings": ["nowhere"]}, "nowhere"),
        ({"title_en": "x" * 201, "settings": ["clinic"]}, "A title may have 200 characters; this one has 201."),
    ],
)
def test_new_module_that_cannot_be_made_says_why_and_keeps_what_was_typed(author, module, form, message):
    answer = author.post("/en/studio/new-module/", form)
    text = answer.content.decode()
    assert (answer.status_code, Module.objects.count()) == (422, 1)
    assert message in text and form["title_en"].strip() in text


def test_outline_shows_sections_and_steps_in_order_with_kind_minutes_and_settings(author, module):
    text = page(author)
    shown = re.findall(r'<h3><a href="[^"]*/steps/([^/"]*)/#step-\d+"', text)
    assert shown == titles(module)
    card = re.search(rf'id="step-{step_of(module, "clinic-lesson").pk}".*?</p>', text, re.DOTALL).group()
    assert "Lesson · " in card and "3 minutes" in card and "clinic (English)" in card


def test_outline_names_what_is_missing_and_stale_by_language(author, module):
    step = step_of(module, "shared")
    Step.objects.filter(pk=step.pk).update(title_es="", content_note_es="")
    text = page(author)
    assert re.findall(r"state--missing[^<]*>([^<]*)", text) == ["Spanish: 2 texts missing"]


def test_title_in_the_other_language_is_shown_and_says_so(author, module):
    Step.objects.filter(module=module, key="shared").update(title_es="")
    text = page(author, "/es/studio/modules/basics/")
    assert re.search(r'<h3><a href="[^"]*/steps/shared/[^"]*" lang="en">lesson shared \(English\)</a>', text)


@pytest.mark.parametrize("role, scope", [("translator", "es"), ("reviewer", ""), ("publisher", "")])
def test_outline_is_read_only_for_those_who_do_not_edit(as_role, module, role, scope):
    client = as_role(role, scope)
    text = page(client)
    assert set(re.findall(r'action="([^"]*)"', text)) <= {"/en/sign-out/"}
    assert "matrix__dot" in text and 'type="checkbox"' not in text
    step = step_of(module, "shared")
    urls = [f"step/{step.pk}/{verb}/" for verb in ("move", "archive", "restore", "duplicate")]
    for url in [*urls, "sections/", "settings/"]:
        assert client.post(f"{BASICS}outline/{url}").status_code == 403


def test_moving_up_lands_on_the_moved_step(author, module):
    step = step_of(module, "clinic-lesson")
    text = page(author)
    assert 'aria-label="Move “lesson clinic-lesson (English)” up"' in text
    answer = author.post(f"{BASICS}outline/step/{step.pk}/move/", {"to": 2})
    assert (answer.status_code, answer["Location"]) == (302, f"{BASICS}#step-{step.pk}")
    assert titles(module)[:3] == ["first-test", "clinic-lesson", "shared"]


def test_first_step_cannot_move_up_nor_the_last_down(author, module):
    labels = re.findall(r'aria-label="Move “([^”]*)” (up|down)"', page(author))
    names = [step_of(module, key).title_en for key in titles(module)]
    wanted = {(name, way) for name in names for way in ("up", "down")} - {(names[0], "up"), (names[-1], "down")}
    assert set(labels) == wanted and len(labels) == len(wanted)


def test_step_is_moved_to_a_place_in_another_section(author, module):
    other = add(part=PARTS["section"], module=module, by=None, name="more", values={"title_en": "More"})
    step = step_of(module, "shared")
    author.post(f"{BASICS}outline/step/{step.pk}/move/", {"to": 99, "section": other.pk})
    assert titles(module)[-1] == "shared"
    assert step_of(module, "shared").section_id == other.pk


@pytest.mark.parametrize("form", [{}, {"to": "x"}, {"to": 0}, {"to": 10**9}, {"to": 1, "section": 10**6}])
def test_move_to_no_place_changes_nothing(author, module, form):
    before = titles(module)
    answer = author.post(f"{BASICS}outline/step/{step_of(module, 'shared').pk}/move/", form, follow=True)
    assert "Choose a section of this module" in answer.content.decode()
    assert titles(module) == before


def test_move_to_a_section_of_another_module_changes_nothing(author, module):
    other = create_module(title_en="Other", title_es="", settings=["clinic"], by=author.user)
    step = step_of(module, "shared")
    author.post(f"{BASICS}outline/step/{step.pk}/move/", {"to": 1, "section": other.sections.first().pk})
    assert step_of(module, "shared").section.module_id == module.pk


def test_rows_of_another_module_are_not_found(author, module):
    other = create_module(title_en="Other", title_es="", settings=["clinic"], by=author.user)
    step, section = other.steps.first(), other.sections.get(key="learn")
    answers = [
        author.post(f"{BASICS}outline/{url}", {"to": 1, "role": "lesson", "minutes": 1})
        for url in (
            f"step/{step.pk}/move/",
            f"step/{step.pk}/archive/",
            f"step/{step.pk}/restore/",
            f"step/{step.pk}/duplicate/",
            f"section/{section.pk}/archive/",
            f"sections/{section.pk}/steps/",
            f"block/{step.pk}/archive/",
        )
    ]
    answers.append(author.get(f"{BASICS}outline/step/{step.pk}/archive/"))
    assert {answer.status_code for answer in answers} == {404}
    assert not Step.objects.filter(archived=True).exists() and not Section.objects.filter(archived=True).exists()


def test_section_is_added_moved_and_archived(author, module):
    form = {"section-title_en": "More", "section-title_es": "Más"}
    author.post(f"{BASICS}outline/sections/", form)
    section = module.sections.get(key="more")
    author.post(f"{BASICS}outline/section/{section.pk}/move/", {"to": 1})
    assert list(module.sections.values_list("key", flat=True)) == ["more", "learn"]
    answer = author.post(f"{BASICS}outline/section/{section.pk}/archive/")
    assert answer["Location"] == f"{BASICS}#archived"
    assert module.sections.get(key="more").archived


def test_section_with_steps_is_not_archived_and_says_why(author, module):
    section = module.sections.get(key="learn")
    answer = author.post(f"{BASICS}outline/section/{section.pk}/archive/", follow=True)
    assert "This section still has steps. Move or archive them first." in answer.content.decode()
    assert not module.sections.get(key="learn").archived


def test_lesson_is_added_at_the_end_of_its_section(author, module):
    section = module.sections.get(key="learn")
    prefix = f"step-in-{section.pk}"
    form = {f"{prefix}-role": "lesson", f"{prefix}-title_en": "Myths", f"{prefix}-minutes": "4"}
    answer = author.post(f"{BASICS}outline/sections/{section.pk}/steps/", form)
    step = step_of(module, "myths")
    assert answer["Location"] == f"{BASICS}#step-{step.pk}"
    assert (step.kind, step.stage, step.minutes, titles(module)[-1]) == ("lesson", "", 4, "myths")


def test_only_a_missing_test_or_survey_is_offered(author, module):
    section = module.sections.get(key="learn")
    select = rf'<select[^>]*name="step-in-{section.pk}-role".*?</select>'

    def offered() -> list[str]:
        return re.findall(r'<option value="([^"]*)"', re.search(select, page(author), re.DOTALL).group())

    assert offered() == ["lesson", "case"]
    archive(part=PARTS["step"], row=step_of(module, "final-test").pk, module=module, by=None)
    assert offered() == ["lesson", "case", "post"]
    prefix = f"step-in-{section.pk}"
    form = {f"{prefix}-role": "post", f"{prefix}-title_en": "The end", f"{prefix}-minutes": "4"}
    author.post(f"{BASICS}outline/sections/{section.pk}/steps/", form)
    assert (step_of(module, "the-end").kind, step_of(module, "the-end").stage) == ("test", "post")


@pytest.mark.parametrize(
    "changes, message",
    [
        ({"role": "post"}, "post"),
        ({"minutes": "many"}, "Enter the minutes as a whole number."),
        ({"minutes": "0"}, "Enter at least one minute."),
        ({"title_en": ""}, "Enter a title in at least one language."),
        ({"title_en": "<script>alert(1)</script>" * 10}, "A title may have 200 characters"),
    ],
)
def test_step_that_cannot_be_added_says_why_and_keeps_what_was_typed(author, module, changes, message):
    section = module.sections.get(key="learn")
    typed = {"role": "lesson", "title_en": "Kept", "title_es": "", "minutes": "4", **changes}
    form = {f"step-in-{section.pk}-{name}": value for name, value in typed.items()}
    answer = author.post(f"{BASICS}outline/sections/{section.pk}/steps/", form)
    text = answer.content.decode()
    assert (answer.status_code, message in text, "<script>alert" in text) == (422, True, False)
    assert Step.objects.filter(module=module).count() == 7


def test_lesson_is_duplicated_after_itself(author, module):
    step = step_of(module, "shared")
    answer = author.post(f"{BASICS}outline/step/{step.pk}/duplicate/")
    copy = step_of(module, "shared-2")
    assert answer["Location"] == f"{BASICS}#step-{copy.pk}"
    assert titles(module)[:3] == ["first-test", "shared", "shared-2"]


def test_test_is_not_duplicated_and_says_why(author, module):
    answer = author.post(f"{BASICS}outline/step/{step_of(module, 'final-test').pk}/duplicate/", follow=True)
    assert "A module has one of each test and one survey." in answer.content.decode()
    assert Step.objects.filter(module=module, kind="test").count() == 2


def test_b5_archiving_a_step_says_first_how_many_learners_are_in_an_edition_with_it(author, module):
    """Rule: before a branch is hidden, the learners whose open edition has it on their path are counted and named."""
    publish(module=module, by=author.user)
    for number, setting in enumerate(("clinic", "clinic", "school")):
        enrolment(setting, by=user(f"learner{number}@example.org"))
    done = enrolment("clinic", by=user("finished@example.org"))
    Enrolment.objects.filter(pk=done.pk).update(completed_at=done.started_at)
    step = step_of(module, "clinic-lesson")
    text = page(author, f"{BASICS}outline/step/{step.pk}/archive/")
    assert "2 learners are in the middle of an edition with this step." in text
    shared = step_of(module, "shared")
    text = page(author, f"{BASICS}outline/step/{shared.pk}/archive/")
    assert "3 learners are in the middle of an edition with this step." in text
    assert not Step.objects.filter(archived=True).exists()


def test_archived_step_leaves_the_outline_and_comes_back(author, module):
    step = step_of(module, "shared")
    answer = author.post(f"{BASICS}outline/step/{step.pk}/archive/")
    assert answer["Location"] == f"{BASICS}#archived"
    assert "shared" not in titles(module)
    text = page(author)
    assert re.search(r'id="archived".*lesson shared \(English\)', text, re.DOTALL)
    answer = author.post(f"{BASICS}outline/step/{step.pk}/restore/")
    assert answer["Location"] == f"{BASICS}#step-{step.pk}"
    assert titles(module)[-1] == "shared"


def test_matrix_shows_each_path_with_its_steps_and_minutes(author, module):
    text = page(author)
    foot = re.search(r"<tfoot>.*?</tfoot>", text, re.DOTALL).group()
    assert re.findall(r"<td>([^<]*)</td>", foot) == ["6", "5", "21", "18"]
    row = re.search(r'<th scope="row"><a href="[^"]*/steps/clinic-case/.*?</tr>', text, re.DOTALL).group()
    assert re.findall(r"matrix__cell--(\w+)", row) == ["own", "none"]
    row = re.search(r'<th scope="row"><a href="[^"]*/steps/shared/.*?</tr>', text, re.DOTALL).group()
    assert re.findall(r"matrix__cell--(\w+)", row) == ["shared", "shared"]


def test_matrix_names_holes_in_words(author, module):
    for key in ("school-case", "final-test"):
        archive(part=PARTS["step"], row=step_of(module, key).pk, module=module, by=None)
    text = page(author)
    holes = re.search(r"What the paths lack</h2>\s*<ul>(.*?)</ul>", text, re.DOTALL).group(1)
    assert re.findall(r"<li>([^<]*)</li>", holes) == [
        "“clinic (English)” has no end: the final test is missing.",
        "“school (English)” has no practice case.",
        "“school (English)” has no end: the final test is missing.",
    ]


def shown(*steps: Step) -> str:
    return json.dumps({step.pk: [stamp(step, PARTS["step"]), keys_of(step)] for step in steps})


def keys_of(step: Step) -> list[str]:
    return sorted(step.settings.values_list("key", flat=True))


def test_ticks_of_the_matrix_are_saved_for_the_steps_that_changed(author, module):
    shared, lesson = step_of(module, "shared"), step_of(module, "clinic-lesson")
    form = {"shown": shown(shared, lesson), f"settings-{shared.pk}": ["school"], f"settings-{lesson.pk}": ["clinic"]}
    answer = author.post(f"{BASICS}outline/settings/", form)
    assert (answer.status_code, answer["Location"]) == (302, f"{BASICS}#matrix")
    assert (keys_of(shared), keys_of(lesson)) == (["school"], ["clinic"])
    assert Change.objects.get(act="edited").fields == {"settings": [[], ["school"]]}


def test_another_authors_change_of_a_step_left_alone_is_no_conflict(author, module):
    shared, lesson = step_of(module, "shared"), step_of(module, "clinic-lesson")
    form = {"shown": shown(shared, lesson), f"settings-{shared.pk}": ["school"], f"settings-{lesson.pk}": ["clinic"]}
    lesson.settings.set([Setting.objects.get(key="school")])
    assert author.post(f"{BASICS}outline/settings/", form).status_code == 302
    assert (keys_of(shared), keys_of(lesson)) == (["school"], ["school"])


def test_no_tick_gives_a_step_back_to_everyone(author, module):
    lesson = step_of(module, "clinic-lesson")
    author.post(f"{BASICS}outline/settings/", {"shown": shown(lesson)})
    assert keys_of(lesson) == []


def test_ticks_meet_another_authors_change_and_are_kept(author, module):
    shared, lesson = step_of(module, "shared"), step_of(module, "clinic-lesson")
    form = {"shown": shown(shared, lesson), f"settings-{shared.pk}": ["school"], f"settings-{lesson.pk}": ["clinic"]}
    shared.settings.set([Setting.objects.get(key="clinic")])
    answer = author.post(f"{BASICS}outline/settings/", form)
    text = answer.content.decode()
    assert (answer.status_code, keys_of(shared)) == (409, ["clinic"])
    assert "was changed by somebody else meanwhile" in text
    assert re.findall(rf'name="settings-{shared.pk}" value="(\w+)" checked', text) == ["school"]
    again = {"shown": shown(shared), f"settings-{shared.pk}": ["school"]}
    assert author.post(f"{BASICS}outline/settings/", again).status_code == 302
    assert keys_of(shared) == ["school"]


@pytest.mark.parametrize("sent", ["", "{", "[]", '{"1": 2}', '{"x": ["a", []]}', "null", "[[1]]"])
def test_table_that_cannot_be_read_changes_nothing(author, module, sent):
    answer = author.post(f"{BASICS}outline/settings/", {"shown": sent})
    assert answer.status_code == 422
    assert not Change.objects.filter(act="edited").exists()


def test_setting_that_the_module_lacks_cannot_be_ticked(author, module):
    Setting.objects.create(key="dental", icon="people", name_en="Dental", places_en="Places")
    shared = step_of(module, "shared")
    author.post(f"{BASICS}outline/settings/", {"shown": shown(shared), f"settings-{shared.pk}": ["dental", "clinic"]})
    assert keys_of(shared) == ["clinic"]


def test_steps_of_another_module_are_not_saved(author, module):
    other = create_module(title_en="Other", title_es="", settings=["clinic"], by=author.user)
    step = other.steps.first()
    form = {"shown": shown(step), f"settings-{step.pk}": ["clinic"]}
    assert author.post(f"{BASICS}outline/settings/", form).status_code == 404
    assert keys_of(step) == []


def test_long_matrix_is_sent_in_parts_that_a_server_takes(author, module, settings):
    made = large(450, 1)
    text = page(author, f"/en/studio/modules/{made.key}/")
    forms = re.findall(r'<form class="actions" id="(matrix-\d)"', text)
    assert forms == ["matrix-1", "matrix-2"]
    boxes = [len(re.findall(rf'type="checkbox" form="{form}"', text)) for form in forms]
    assert sum(boxes) == 453 and max(boxes) + 2 < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


def test_question_of_the_bank_is_not_counted_to_the_step_of_the_same_key(author, module):
    Question.objects.filter(module=module, key="a1").update(key="shared", stem_es="")
    assert "texts missing" not in page(author) and "text missing" not in page(author)
