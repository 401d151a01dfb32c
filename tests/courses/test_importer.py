from hashlib import sha256

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.choices import Act
from courses.columns import stamp
from courses.errors import Conflict
from courses.models import Block, Change, Module, Option, Question, Setting, Step, Term
from courses.parts import PARTS
from courses.services import editing, importing, structure
from courses.texts import translations_of
from tests.courses import factories
from tests.factories import user, words

pytestmark = pytest.mark.django_db
MODULE, SHARED = "basics/module.yaml", "basics/lessons/shared.yaml"


def rows() -> dict[str, list]:
    """Every row of courses, the links between them too."""
    models = apps.get_app_config("courses").get_models(include_auto_created=True)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def counts() -> dict[str, int]:
    return {name: len(found) for name, found in rows().items() if found}


def live() -> dict[str, list[tuple]]:
    """Part → keys of what is part of the draft, in order."""
    module = Module.objects.get()
    return {
        name: list(part.live(module).order_by(*part.order, "pk").values_list(*part.keys))
        for name, part in PARTS.items()
        if part.keys
    }


def history() -> list[tuple]:
    return list(Change.objects.order_by("id").values_list("act", "part", "place", "fields"))


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


@pytest.fixture
def bring(draft, tmp_path):
    """Imports the files as they are now over the draft there is; returns what was written."""

    def bring(files, by=None):
        package, problems = factories.load(factories.write(tmp_path, files))
        assert problems == []
        return importing.import_package(package=package, by=by).written

    return bring


def test_second_import_writes_nothing(draft, bring, files):
    draft(files)
    before = rows()
    with CaptureQueriesContext(connection) as queries:
        assert bring(files) == []
    assert writes(queries) == []
    assert rows() == before


def test_reworded_text_changes_its_row_and_no_other(draft, bring, files):
    draft(files)
    before = rows()
    files[SHARED]["blocks"][0]["body"] = {"en": "new", "es": "nuevo"}
    bring(files)
    after = rows()
    assert {name for name in after if after[name] != before[name]} == {"Block", "Change", "Translation"}
    block = Block.objects.get(step__key="shared", key="intro")
    assert (block.body_en, block.body_es) == ("new", "nuevo")
    assert history() == [
        (
            Act.IMPORTED,
            "block",
            "shared/intro",
            {"body_en": ["body (English)", "new"], "body_es": ["body (español)", "nuevo"]},
        )
    ]


def states(module: Module) -> dict[str, str]:
    return {
        f"{item.text.part}/{'/'.join(item.text.place)}/{item.text.field}": str(item.state)
        for item in translations_of(module)
        if item.state != "needs-review"
    }


def test_import_of_new_english_alone_makes_that_text_stale(draft, bring, files):
    module = draft(files)
    files[SHARED]["blocks"][0]["body"]["en"] = "new"
    bring(files)
    assert states(module) == {"block/shared/intro/body": "stale"}
    files[SHARED]["blocks"][0]["body"]["es"] = "nuevo"
    bring(files)
    assert states(module) == {}


def test_import_of_both_languages_leaves_a_fresh_translation(draft, bring, files):
    module = draft(files)
    files[SHARED]["blocks"][0]["body"] = {"en": "new", "es": "nuevo"}
    bring(files)
    assert states(module) == {}


def test_history_says_who_brought_what(draft, bring, files):
    draft(files)
    somebody = user("author@example.org")
    files[SHARED]["blocks"].pop(1)
    files[SHARED]["title"]["en"] = "new"
    files[MODULE]["sections"][0]["steps"] = [*factories.STEPS[::-1]]
    files[SHARED]["blocks"].append({"key": "last", "kind": "text", "body": words("last")})
    bring(files, by=somebody)
    assert set(Change.objects.values_list("by__email", flat=True)) == {"author@example.org"}
    acts = [(act, part, place) for act, part, place, _fields in history()]
    assert (
        acts
        == [
            (Act.ARCHIVED, "block", "shared/scene"),
            (Act.MOVED, "step", "survey"),
            (Act.MOVED, "step", "final-test"),
            (Act.MOVED, "step", "school-case"),
            (Act.MOVED, "step", "clinic-lesson"),
            (Act.MOVED, "step", "shared"),
            (Act.IMPORTED, "step", "shared"),
            (Act.MOVED, "step", "first-test"),
            (Act.CREATED, "block", "shared/last"),
        ]
        or sorted(acts) == []
    )


def test_draft_that_was_changed_since_it_was_shown_is_not_overwritten(draft, bring, files, tmp_path):
    module = draft(files)
    files[SHARED]["title"]["en"] = "from the file"
    package, _problems = factories.load(factories.write(tmp_path, files))
    _written, base = importing.foresee_import(package=package, by=None)
    step, part = Step.objects.get(key="shared"), PARTS["step"]
    values = {"title_en": "from the studio"}
    editing.edit(part=part, row=step.pk, module=module, values=values, base=stamp(step, part), by=user("a@example.org"))
    with pytest.raises(Conflict):
        importing.import_package(package=package, by=None, base=base)
    assert Step.objects.get(key="shared").title_en == "from the studio"


def test_foreseeing_an_import_writes_nothing_and_says_what_would_be_written(draft, bring, files, media, tmp_path):
    draft(files)
    before = rows()
    files[SHARED]["title"]["en"] = "new"
    files["basics/figures/drawing.svg"] = factories.SVG.replace("h9", "h8")
    package, _problems = factories.load(factories.write(tmp_path, files))
    written, base = importing.foresee_import(package=package, by=None)
    assert ({(item.part, item.path) for item in written}, base) == (
        {("step", ("shared",)), ("block", ("shared", "figure")), ("block", ("clinic-lesson", "figure"))},
        0,
    )
    assert (rows(), len(list((media / "figures").iterdir()))) == (before, 1)


def test_import_waits_for_edits_of_the_same_module(draft, bring, files, monkeypatch):
    draft(files)
    locked = []
    monkeypatch.setattr(importing, "lock", lambda module: locked.append(module.key) or module)
    bring(files)
    assert locked == ["basics"]


def test_text_without_its_old_spanish_is_emptied_in_both_languages(draft, files):
    draft(files)
    del files[SHARED]["content_note"]
    draft(files)
    step = Step.objects.get(key="shared")
    assert (step.content_note_en, step.content_note_es) == ("", "")


def test_what_the_package_no_longer_names_is_archived_and_nothing_else(draft, bring, files):
    draft(files)
    before = live()
    files["basics/lessons/extra.yaml"] = factories.lesson("extra", [])
    files[MODULE]["sections"].append({"key": "more", "accent": "ask", "title": words("more"), "steps": ["extra"]})
    files[MODULE]["objectives"].append({"key": "ask", "text": words("ask")})
    bank = {"questions": [{**factories.question(f"{f.lower()}3", f), "objective": "ask"} for f in "AB"]}
    files["basics/bank/c.yaml"] = bank
    files[SHARED]["blocks"][5]["options"].append({"key": "c", "text": words("c")})
    bring(files)
    numbers = dict(Step.objects.values_list("key", "pk"))
    assert ("extra",) in live()["step"]
    Change.objects.all().delete()
    bring(factories.content())
    assert live() == before
    # A lesson takes its blocks along.
    assert sorted(place for _act, _part, place, _fields in history()) == [
        "a3", "ask", "b3", "extra", "more", "shared/check/c",
    ]  # fmt: skip
    assert {act for act, *_rest in history()} == {Act.ARCHIVED}
    bring(files)
    assert dict(Step.objects.values_list("key", "pk")) == numbers
    assert ("extra",) in live()["step"]


def test_key_that_comes_back_is_the_row_it_was(draft, bring, files):
    draft(files)
    block = Block.objects.get(step__key="shared", key="scene")
    scene = files[SHARED]["blocks"].pop(1)
    bring(files)
    assert Block.objects.get(pk=block.pk).archived
    files[SHARED]["blocks"].insert(1, {**scene, "body": words("again")})
    bring(files)
    again = Block.objects.get(pk=block.pk)
    assert (again.archived, again.position, again.body_en) == (False, 2, "again (English)")
    assert [(act, place) for act, _part, place, _fields in history()] == [
        (Act.ARCHIVED, "shared/scene"),
        (Act.RESTORED, "shared/scene"),
        (Act.IMPORTED, "shared/scene"),
    ]


def test_tests_that_trade_places_keep_their_rows(draft, bring, files):
    draft(files)
    before = dict(Step.objects.values_list("key", "pk"))
    first, final = files[MODULE]["tests"]
    first["stage"], final["stage"] = "post", "pre"
    bring(files)
    assert dict(Step.objects.values_list("key", "pk")) == before
    assert {step.key: (step.stage, step.archived) for step in Step.objects.exclude(stage="")} == {
        "first-test": ("post", False),
        "final-test": ("pre", False),
    }


def test_survey_of_another_key_takes_the_place_of_the_old_one(draft, bring, files):
    draft(files)
    files["basics/survey.yaml"]["key"] = "poll"
    files[MODULE]["sections"][0]["steps"][-1] = "poll"
    bring(files)
    assert set(Step.objects.filter(kind="survey").values_list("key", "archived")) == {("survey", True), ("poll", False)}


def test_order_in_which_bank_files_mix_stays_as_it_is(draft, bring, files):
    """A package orders the questions of each file; the studio may have mixed the files otherwise."""
    module = draft(files)
    order = ["b1", "a1", "a2", "b2"]
    for place, key in enumerate(order, start=1):
        Question.objects.filter(module=module, key=key).update(position=place)
    assert bring(files) == []
    assert list(Question.objects.filter(block=None).order_by("position").values_list("key", flat=True)) == order
    files["basics/bank/a.yaml"]["questions"].insert(0, factories.question("a0", "A"))
    bring(files)
    order = ["b1", "a0", "a1", "b2", "a2"]
    assert list(Question.objects.filter(block=None).order_by("position").values_list("key", flat=True)) == order


def test_links_to_archived_rows_are_no_difference(draft, bring, files):
    """What was archived in the studio takes its links along, and brings them back."""
    module = draft(files)
    source = module.sources.get()
    structure.archive(part=PARTS["source"], row=source.pk, module=module, by=None)
    files["basics/sources.yaml"]["sources"] = []
    for name, value in files.items():
        if isinstance(value, dict):
            value.pop("sources", None) if "nodes" in value else None
            for inner in [*value.get("blocks", []), *value.get("questions", [])]:
                inner.pop("sources", None)
        files[name] = value
    files["basics/sources.yaml"] = {"sources": []}
    assert bring(files) == []
    assert source.block_set.count() == 2


def test_glossary_of_the_folder_becomes_its_terms(draft, files, tmp_path, capsys):
    term = {"key": "trafficking", "name": words("trafficking"), "avoid": {"en": "", "es": "tráfico"}, "note": "A note"}
    files["glossary.yaml"] = {"terms": [term]}
    call_command("import_content", factories.write(tmp_path, files))
    assert list(Term.objects.values_list("key", "name_es", "avoid_en", "avoid_es", "note")) == [
        ("trafficking", "trafficking (español)", "", "tráfico", "A note")
    ]


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


def test_check_turned_into_a_sort_keeps_nothing_of_the_check(draft, bring, files):
    draft(files)
    sort = files[SHARED]["blocks"][6]
    files[SHARED]["blocks"][5] = {**sort, "key": "check"}
    bring(files)
    question = Question.objects.get(key="shared--check")
    assert list(question.options.filter(archived=False).values_list("key", "category__key", "correct")) == [
        ("first", "one", False),
        ("second", "two", False),
    ]
    assert set(question.options.filter(archived=True).values_list("key", flat=True)) == {"a", "b"}


def test_exercise_turned_into_a_text_takes_its_question_along(draft, bring, files):
    draft(files)
    files[SHARED]["blocks"][5] = {"key": "check", "kind": "text", "body": words("text")}
    bring(files)
    assert Question.objects.get(key="shared--check").archived


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
    monkeypatch.setattr(importing, "remember_writings", lambda **_arguments: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        draft(files)
    assert rows() == before


@pytest.mark.slow
@pytest.mark.parametrize("first", [True, False], ids=["first", "again"])
def test_queries_are_as_many_for_a_large_package_as_for_a_small_one(first, draft, files):
    """A lesson more costs no query of its own."""

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
    few = cost(1)
    assert cost(6) - few <= 3  # SQLite takes a thousand values a query


def test_command_imports_a_folder(db, media, tmp_path, files, capsys):
    call_command("import_content", factories.write(tmp_path, files))
    assert capsys.readouterr().out == "1 module(s) imported\n"
    assert Option.objects.count() == 20


def edit_in_studio(module: Module, key: str) -> None:
    step, part = Step.objects.get(key=key), PARTS["step"]
    values, by = {"title_en": "from the studio"}, user("author@example.org")
    editing.edit(part=part, row=step.pk, module=module, values=values, base=stamp(step, part), by=by)


def test_command_can_spare_what_was_edited_in_the_studio(db, media, tmp_path, files, capsys):
    folder = factories.write(tmp_path, files)
    call_command("import_content", folder)
    edit_in_studio(Module.objects.get(), "shared")
    capsys.readouterr()
    call_command("import_content", folder, spare_edited=True)
    assert capsys.readouterr().out == (
        "basics: edited in the studio since the last import, left as it is\n0 module(s) imported\n"
    )
    assert Step.objects.get(key="shared").title_en == "from the studio"
    call_command("import_content", folder)
    assert Step.objects.get(key="shared").title_en == "lesson shared (English)"
    assert not importing.is_edited("basics")


def test_command_can_spare_settings_that_were_edited_in_the_studio(db, media, tmp_path, files):
    folder = factories.write(tmp_path, files)
    call_command("import_content", folder)
    row, part = Setting.objects.get(key="clinic"), PARTS["setting"]
    editing.edit(
        part=part, row=row.pk, module=None, values={"name_en": "Ward"}, base=stamp(row, part), by=user("a@example.org")
    )
    call_command("import_content", folder, spare_edited=True)
    assert Setting.objects.get(key="clinic").name_en == "Ward"


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
