from itertools import count

import pytest
import yaml
from django.conf import settings as project
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.building import build
from courses.choices import LOCALES, BlockKind
from courses.columns import stamp
from courses.document import encode
from courses.files import keep
from courses.freshness import tidy
from courses.models import Block, Category, Change, Module, Objective, Option, Question, Step, Term, Translation
from courses.packages.archive import open_package, pack
from courses.packages.exporter import export
from courses.parts import PARTS, part_of
from courses.pictures import webp
from courses.readiness import Draft
from courses.services import editing, importing, structure, translations
from courses.services.modules import create_module
from courses.texts import translations_of
from tests.courses import factories
from tests.courses.large import large_module
from tests.courses.pictures import pdf, picture
from tests.factories import user

pytestmark = pytest.mark.django_db
numbers = count(1)


@pytest.fixture
def module(draft) -> Module:
    return draft()


@pytest.fixture
def author(db):
    return user("author@example.org")


def edit(row, by, **values) -> None:
    row.refresh_from_db()
    part = part_of(row)
    module = Module.objects.get()
    editing.edit(part=part, row=row.pk, module=module, values=values, base=stamp(row, part), by=by)


def block(key: str) -> Block:
    return Block.objects.get(step__key="shared", key=key)


def come_back(module: Module) -> None:
    """The package of a draft, imported over it, changes nothing; brought in as another module, it is the same again."""
    files = export(module)
    written, problems = bring(module.key, files)
    assert (problems, written) == ([], [])
    assert export(module) == files
    other = f"copy-{next(numbers)}"
    renamed = {
        name: data.replace(f"key: {module.key}".encode(), f"key: {other}".encode(), 1) for name, data in files.items()
    }
    _written, problems = bring(other, renamed)
    assert problems == []
    again = export(Module.objects.get(key=other))
    assert again == renamed
    Question.objects.filter(module__key=other).delete()
    Module.objects.get(key=other).delete()


def bring(key: str, files) -> tuple[list, list]:
    package, problems = open_package(pack(key, files), importing.stored_settings())
    return (importing.import_package(package=package, by=None).written if package else []), problems


def test_package_that_comes_back_changes_nothing(module):
    come_back(module)


def test_export_says_what_was_imported(module, tmp_path):
    """Every text and every column, whatever the form: the files that were read, and those that are written."""
    files = export(module)
    written = {name: yaml.safe_load(data) for name, data in files.items() if name.endswith(".yaml")}
    banks = [
        *factories.CONTENT["basics/bank/a.yaml"]["questions"],
        *factories.CONTENT["basics/bank/b.yaml"]["questions"],
    ]
    found = [*written.pop("bank/common-a.yaml")["questions"], *written.pop("bank/common-b.yaml")["questions"]]
    assert _plain(found) == _plain(banks)
    expected = {
        name.removeprefix("basics/"): value
        for name, value in factories.CONTENT.items()
        if name.startswith("basics/") and name.endswith(".yaml") and "/bank/" not in name
    }
    assert _plain(written) == _plain(expected)


def _plain(value):
    """Without what is left out when it is empty, and without the names of pictures."""
    if isinstance(value, dict):
        items = {name: _plain(item) for name, item in value.items() if name != "image"}
        return {name: item for name, item in items.items() if item not in ([], False)}
    return [_plain(item) for item in value] if isinstance(value, list) else value


@pytest.mark.slow
def test_content_folder_comes_back_byte_for_byte(db, media, tmp_path):
    call_command("import_content", project.CONTENT_DIR, verbosity=0)
    call_command("export_content", tmp_path, verbosity=0)
    assert _files(tmp_path) == {name: data for name, data in _files(project.CONTENT_DIR).items() if name != "help.yaml"}


def _files(folder) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_new_module_of_the_studio_comes_back(author, media):
    module = create_module(title_en="", title_es="Un módulo", settings=[], by=author)
    come_back(module)


def test_incomplete_draft_comes_back(module, author):
    """Words that are missing, an item without a heading, a case without a start, a check without options."""
    edit(Step.objects.get(key="clinic-case"), author, start="", title_es="")
    edit(block("figure"), author, alt_es="", image_es="")
    edit(Option.objects.get(question__block=block("sort"), key="first"), author, category=None)
    step = Step.objects.get(key="shared")
    for kind in BlockKind:
        structure.add(part=PARTS["block"], module=module, parent=step, name="new", by=author, kind=kind)
    structure.add(part=PARTS["node"], module=module, parent=Step.objects.get(key="clinic-case"), name="new", by=author)
    edit(module, author, settings=["clinic"])  # lessons and cases for the school stay
    edit(step, author, settings=["school"])
    come_back(module)


@pytest.mark.parametrize("part, key", [("step", "clinic-case"), ("step", "survey"), ("source", "law")])
def test_archived_parts_stay_at_home(part, key, module, author):
    row = PARTS[part].rows(module).get(key=key)
    structure.archive(part=PARTS[part], row=row.pk, module=module, by=author)
    files = export(module)
    assert f"key: {key}\n".encode() not in b"".join(
        data for name, data in files.items() if name != "survey.yaml" or key == "survey"
    )
    written, problems = bring("basics", files)
    assert (problems, [item for item in written if item.part != "step"]) == ([], [])


def test_objective_and_scene_that_are_still_named_travel_as_archived(module, author):
    objective = Objective.objects.get()
    objective.archived = True
    objective.save()
    case = Step.objects.get(key="clinic-case")
    end = case.nodes.get(key="end")
    end.archived = True
    end.save()
    files = export(module)
    assert yaml.safe_load(files["module.yaml"])["objectives"][0]["archived"] is True
    assert [node.get("archived", False) for node in yaml.safe_load(files["cases/clinic-case.yaml"])["nodes"]] == [
        False,
        True,
    ]
    come_back(module)


def test_category_that_was_archived_is_left_out(module, author):
    category = Category.objects.get(question__block=block("sort"), key="one")
    structure.archive(part=PARTS["category"], row=category.pk, module=module, by=author)
    come_back(module)


def test_questions_stand_in_a_file_for_their_setting_and_form(module, author):
    edit(Question.objects.get(key="a1"), author, settings=["clinic"])
    edit(Question.objects.get(key="b1"), author, settings=["clinic", "school"])
    banks = {
        name: [question["key"] for question in yaml.safe_load(data)["questions"]]
        for name, data in export(module).items()
        if name.startswith("bank/")
    }
    assert banks == {
        "bank/clinic-a.yaml": ["a1"],
        "bank/common-a.yaml": ["a2"],
        "bank/common-b.yaml": ["b2"],
        "bank/several-b.yaml": ["b1"],
    }
    come_back(module)


def test_photographs_and_downloads_travel(module, author):
    photograph = keep("figures", ".webp", _webp())
    edit(block("figure"), author, image_en=photograph, image_es=photograph)
    download = structure.add(
        part=PARTS["block"],
        module=module,
        parent=Step.objects.get(key="shared"),
        name="card",
        by=author,
        kind=BlockKind.DOWNLOAD,
        values={
            "file_en": keep("files", ".pdf", pdf()),
            "file_es": keep("files", ".pdf", pdf() + b"\n"),
            "heading_en": "Card",
        },
    )
    assert download.key == "card"
    names = {name for name in export(module) if not name.endswith(".yaml")}
    assert names == {
        "figures/shared.figure.webp",
        "figures/clinic-lesson.figure.svg",
        "files/shared.card.en.pdf",
        "files/shared.card.es.pdf",
    }
    come_back(module)


def _webp() -> bytes:
    return webp(picture())


@pytest.mark.parametrize(
    "name", ["certificates/secret.pdf", "../settings.py", "figures/../imports/1/x.svg", "none.svg"]
)
def test_column_of_a_picture_hands_out_no_other_file(name, module, author, media):
    (media / "certificates").mkdir()
    (media / "certificates" / "secret.pdf").write_bytes(b"secret")
    edit(block("figure"), author, image_en=name)
    assert b"secret" not in b"".join(export(module).values())


TEXTS = [
    "no", "2026-01-01", "- a", "# not a comment", "a: b", "{x}", "*bold*", "'", '"', "\\n", "~", "=", "é “ñ” ¿?",
    "two\nlines", "a\n\n  indented\n\n\nend", "x" * 300, "word " * 100 + "end", "a  b " * 60 + "c", "tab\tinside",
    "---\n...", "emoji 👩‍⚕️", "zero\u200bwidth", "line\u2028separator", "<script>alert(1)</script>", "{{ x }}", "%s {0}",
]  # fmt: skip


def test_whatever_is_written_comes_back(module, author):
    step = Step.objects.get(key="shared")
    for text in TEXTS:
        values = {"body_en": tidy(text), "body_es": tidy(text[::-1]), "heading_en": tidy(text[:150].replace("\n", " "))}
        structure.add(
            part=PARTS["block"], module=module, parent=step, name="new", by=author, kind=BlockKind.TEXT, values=values
        )
    come_back(module)


def freshness(module: Module) -> dict[str, tuple]:
    records = {
        (memory.part, memory.row, memory.field): memory.made_from
        for memory in Translation.objects.filter(module=module)
    }
    return {
        f"{item.text.part}/{'/'.join(item.text.place)}/{item.text.field}": (
            str(item.state),
            item.source,
            records.get(item.text.address) if str(item.state) == "stale" else None,
        )
        for item in translations_of(module)
    }


def test_freshness_travels(module, author):
    """Of a stale translation, a reviewed one, one the other way round, and one reviewed before it was stale."""
    edit(block("intro"), author, body_en="new")
    translations.approve(row=block("scene"), field="body", module=module, by=author)
    translations.set_source(row=block("note"), locale="es", module=module, by=author)
    translations.approve(row=block("pause"), field="body", module=module, by=author)
    edit(block("pause"), author, body_en="new")
    edit(Step.objects.get(key="shared"), author, title_es="")
    before = freshness(module)
    assert {state for state, *_rest in before.values()} == {"stale", "reviewed", "needs-review", "missing"}
    files = export(module)
    come_back(module)
    other = {name: data.replace(b"key: basics", b"key: other", 1) for name, data in files.items()}
    bring("other", other)
    assert freshness(Module.objects.get(key="other")) == before
    # The review of the former pair holds again once the meaning is said to be unchanged.
    pause = Block.objects.get(step__module__key="other", step__key="shared", key="pause")
    translations.confirm_unchanged(row=pause, field="body", module=pause.step.module, by=author)
    assert freshness(pause.step.module)["block/shared/pause/body"][0] == "reviewed"


def test_memory_of_a_text_that_was_written_in_the_file_since_does_not_hold(module, author):
    edit(block("intro"), author, body_en="new")
    translations.approve(row=block("scene"), field="body", module=module, by=author)
    files = export(module)
    lesson = files["lessons/shared.yaml"].replace("es: body (español)".encode(), b"es: traducido")
    lesson = lesson.replace(b"en: scene (English)", b"en: another scene")
    assert lesson != files["lessons/shared.yaml"]
    bring("basics", {**files, "lessons/shared.yaml": lesson})
    found = freshness(module)
    assert found["block/shared/intro/body"][0] == "needs-review"
    assert found["block/shared/scene/body"][0] == "stale"


@pytest.mark.parametrize(
    "text", ["block/none/intro/body", "block/shared/intro/position", "setting/clinic/name", "x", ""]
)
def test_memory_of_a_text_that_is_not_there_is_passed_over(text, module):
    files = export(module)
    memory = f"translations:\n  - text: '{text}'\n    reviewed: true\n    pair: '{'0' * 16}'\n"
    assert bring("basics", {**files, "translations.yaml": memory.encode()}) == ([], [])
    assert Translation.objects.count() == 0


def test_export_reads_a_large_draft_in_as_many_queries_as_a_small_one(module, draft):
    with CaptureQueriesContext(connection) as small:
        export(module)
    files = factories.content()
    for place in range(3):
        files[f"basics/lessons/l{place}.yaml"] = factories.lesson(f"l{place}", [])
        files["basics/module.yaml"]["sections"][0]["steps"].append(f"l{place}")
    module = draft(files)
    with CaptureQueriesContext(connection) as large:
        export(module)
    assert (len(large), len(small) <= 25) == (len(small), True)


def test_release_of_what_came_back_is_the_same_to_the_byte(module, author):
    before = encode(build(module, LOCALES))
    come_back(module)
    assert encode(build(Module.objects.get(), LOCALES)) == before


def test_command_writes_the_folder_and_takes_away_what_is_no_longer_in_it(module, author, tmp_path, capsys):
    folder = tmp_path / "out"
    Term.objects.create(key="trafficking", name_en="trafficking", name_es="trata")
    (folder / "basics" / "lessons").mkdir(parents=True)
    (folder / "basics" / "lessons" / "old.yaml").write_text("key: old")
    (folder / "basics" / "NOTES.md").write_text("notes")
    call_command("export_content", folder)
    assert capsys.readouterr().out == "1 module(s) exported\n"
    found = set(_files(folder))
    assert found == {
        "settings.yaml",
        "glossary.yaml",
        "basics/NOTES.md",
        *(f"basics/{name}" for name in export(module)),
    }
    Change.objects.all().delete()
    call_command("import_content", folder)
    assert Change.objects.count() == 0


def test_command_knows_the_modules_there_are(module, tmp_path):
    with pytest.raises(CommandError, match="no module is called other"):
        call_command("export_content", tmp_path, "basics", "other")


@pytest.mark.slow
def test_large_module_is_ready_to_be_published_and_comes_back(db, media):
    module = large_module()
    assert (Draft(module).issues(), module.steps.count(), module.questions.count()) == ([], 200, 1000)
    assert bring(module.key, export(module)) == ([], [])
