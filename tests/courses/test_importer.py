from hashlib import sha256

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import Block, Module, Option, Question, Setting, Step
from tests.courses import factories
from tests.factories import words

pytestmark = pytest.mark.django_db
MODULE, SHARED = "basics/module.yaml", "basics/lessons/shared.yaml"


def rows() -> dict[str, list]:
    """Every row of courses, the links between them too."""
    models = apps.get_app_config("courses").get_models(include_auto_created=True)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def counts() -> dict[str, int]:
    return {name: len(found) for name, found in rows().items() if found}


def writes(queries: CaptureQueriesContext) -> list[str]:
    return [q["sql"] for q in queries if q["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]


@pytest.fixture
def files() -> factories.Files:
    return factories.content()


def test_import_makes_a_row_for_everything_in_the_package(draft):
    draft()
    assert counts() == {
        "Setting": 2, "Module": 1, "Module_settings": 2, "Objective": 1, "Source": 1, "Section": 1, "Step": 7,
        "Step_settings": 3, "Step_sources": 2, "Block": 14, "Block_sources": 2, "Question": 8, "Question_sources": 4,
        "Category": 4, "Option": 20, "CaseNode": 4, "CaseChoice": 2, "SurveyItem": 2, "SurveyOption": 2,
    }  # fmt: skip


def test_second_import_writes_nothing(draft, files):
    draft(files)
    before = rows()
    with CaptureQueriesContext(connection) as queries:
        draft(files)
    assert writes(queries) == []
    assert rows() == before


def test_reworded_text_changes_its_row_and_no_other(draft, files):
    draft(files)
    before = rows()
    files[SHARED]["blocks"][0]["body"] = {"en": "new", "es": "nuevo"}
    with CaptureQueriesContext(connection) as queries:
        draft(files)
    assert len(writes(queries)) == 1
    after = rows()
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"Block"}
    block = Block.objects.get(step__key="shared", key="intro")
    assert (block.body_en, block.body_es) == ("new", "nuevo")


def test_text_without_its_old_spanish_is_emptied_in_both_languages(draft, files):
    draft(files)
    del files[SHARED]["content_note"]
    draft(files)
    step = Step.objects.get(key="shared")
    assert (step.content_note_en, step.content_note_es) == ("", "")


def test_what_the_package_no_longer_names_is_removed_and_nothing_else(draft, files):
    whole = draft(files)
    before = rows()
    files["basics/lessons/extra.yaml"] = factories.lesson("extra", [])
    files[MODULE]["sections"].append({"key": "more", "accent": "ask", "title": words("more"), "steps": ["extra"]})
    files[MODULE]["objectives"].append({"key": "ask", "text": words("ask")})
    files["basics/bank/c.yaml"] = {"questions": [{**factories.question(f"{f}3", f), "objective": "ask"} for f in "AB"]}
    files["basics/bank/c.yaml"]["questions"] = [
        {**question, "key": question["key"].lower()} for question in files["basics/bank/c.yaml"]["questions"]
    ]
    files[SHARED]["blocks"][5]["options"].append({"key": "c", "text": words("c")})
    assert draft(files) == whole
    assert counts()["Step"] == 8
    assert draft(factories.content()) == whole
    assert rows() == before


def test_reordered_and_renamed_steps_keep_their_rows_and_keys(draft, files):
    draft(files)
    before = dict(Step.objects.values_list("key", "pk"))
    files[MODULE]["sections"][0]["steps"].reverse()
    files[SHARED]["title"] = words("another title")
    draft(files)
    assert dict(Step.objects.values_list("key", "pk")) == before
    assert list(Step.objects.values_list("key", flat=True)) == factories.STEPS[::-1]
    assert Step.objects.get(key="shared").title_es == "another title (español)"


def test_step_moved_to_another_section_survives_the_end_of_its_old_one(draft, files):
    draft(files)
    before = dict(Step.objects.values_list("key", "pk"))
    files[MODULE]["sections"][0]["key"] = "renamed"
    draft(files)
    assert dict(Step.objects.values_list("key", "pk")) == before
    assert set(Step.objects.values_list("section__key", flat=True)) == {"renamed"}


def test_check_turned_into_a_sort_keeps_nothing_of_the_check(draft, files):
    draft(files)
    sort = files[SHARED]["blocks"][6]
    files[SHARED]["blocks"][5] = {**sort, "key": "check"}
    draft(files)
    question = Question.objects.get(key="shared--check")
    assert list(question.options.values_list("key", "category__key", "correct")) == [
        ("first", "one", False),
        ("second", "two", False),
    ]


def test_removed_setting_leaves_the_steps_but_not_the_list(draft, files):
    draft(files)
    files["settings.yaml"]["settings"][1]["name"] = words("renamed")
    draft(files)
    assert list(Setting.objects.values_list("key", "name_en")) == [
        ("clinic", "clinic (English)"),
        ("school", "renamed (English)"),
    ]


def test_spaces_around_texts_are_not_kept(draft, files):
    files[SHARED]["title"] = {"en": "  title \n", "es": "título\n"}
    draft(files)
    step = Step.objects.get(key="shared")
    assert (step.title_en, step.title_es) == ("title", "título")


def test_picture_is_stored_once_under_a_name_made_of_its_content(draft, files, media):
    draft(files)
    draft(files)
    names = [path.name for path in (media / "figures").iterdir()]
    expected = f"{sha256(factories.SVG.encode()).hexdigest()[:32]}.svg"
    assert names == [expected]
    images = Block.objects.filter(key="figure").values_list("image_en", "image_es")
    assert set(images) == {(f"figures/{expected}",) * 2}


def test_changed_picture_gets_another_name(draft, files, media):
    draft(files)
    files["basics/figures/drawing.svg"] = factories.SVG.replace("h9", "h8")
    draft(files)
    assert len(list((media / "figures").iterdir())) == 2


def test_failing_import_leaves_the_drafts_as_they_were(draft, files, monkeypatch):
    draft(files)
    before = rows()
    files[SHARED]["title"] = words("half")
    monkeypatch.setattr("courses.packages.importer.ModuleImport._bank", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        draft(files)
    assert rows() == before


@pytest.mark.slow
@pytest.mark.parametrize("first", [True, False], ids=["first", "again"])
def test_queries_grow_no_faster_than_the_package(first, draft, files):
    """A lesson more costs the same whether it is the second or the tenth."""

    def cost(lessons: int) -> int:
        for place in range(lessons):
            files[f"basics/lessons/l{place}.yaml"] = factories.lesson(f"l{place}", [])
        files[MODULE]["sections"][0]["steps"] = [*factories.STEPS, *(f"l{place}" for place in range(lessons))]
        Question.objects.all().delete()
        Module.objects.all().delete()
        if not first:
            draft(files)
        with CaptureQueriesContext(connection) as queries:
            draft(files)
        return len(queries)

    cost(0)  # the settings are new only once
    none, three, six = cost(0), cost(3), cost(6)
    assert six - three == three - none


def test_command_imports_a_folder(db, media, tmp_path, files, capsys):
    call_command("import_content", factories.write(tmp_path, files))
    assert capsys.readouterr().out == "1 module(s) imported\n"
    assert Option.objects.count() == 20


def test_command_that_only_checks_writes_nothing(tmp_path, files, capsys):
    call_command("import_content", factories.write(tmp_path, files), check=True)
    assert capsys.readouterr().out == "1 module(s) checked\n"
    assert counts() == {}


def test_command_names_every_problem_and_writes_nothing(tmp_path, files):
    files[SHARED]["settings"] = ["street"]
    files["basics/cases/clinic-case.yaml"]["start"] = "nowhere"
    with pytest.raises(CommandError) as refused:
        call_command("import_content", factories.write(tmp_path, files))
    first, second = str(refused.value).splitlines()
    assert first.startswith("basics/cases/clinic-case.yaml:")
    assert second.startswith("basics/lessons/shared.yaml:")
    assert counts() == {}


def test_command_refuses_what_is_not_a_folder(tmp_path):
    with pytest.raises(CommandError, match="is not a folder"):
        call_command("import_content", tmp_path / "none")
