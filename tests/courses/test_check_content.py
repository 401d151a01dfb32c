from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import get_language

from courses.models import Module, Setting
from tests.courses import factories
from tests.courses.test_importer import counts

pytestmark = pytest.mark.django_db
SHARED = "basics/lessons/shared.yaml"
MENDED = "than export_content gives it. “check_content --fix” mends it."


@pytest.fixture(autouse=True)
def terminal(monkeypatch) -> Callable[[str], None]:
    """Gives the terminal a language; it is English until then."""

    def speak(language: str) -> None:
        monkeypatch.setenv("LANGUAGE", language)

    speak("en_US:en")
    return speak


@pytest.fixture
def files() -> factories.Files:
    return factories.content()


@pytest.fixture
def folder(tmp_path_factory, media, files) -> Path:
    """The tiny content in the form that export_content gives it."""
    folder = factories.write(tmp_path_factory.mktemp("content"), files)
    call_command("check_content", folder, fix=True, verbosity=0)
    return folder


def problems(folder: Path) -> list[str]:
    with pytest.raises(CommandError) as refused:
        call_command("check_content", folder)
    return str(refused.value).splitlines()


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_sound_folder_passes_and_nothing_is_written(folder, media, capsys):
    capsys.readouterr()
    call_command("check_content", folder)
    assert (capsys.readouterr().out, counts(), list(media.rglob("*.svg"))) == ("1 module(s) checked\n", {}, [])


def test_folder_is_checked_beside_the_drafts_there_are(folder, draft):
    draft()
    before = counts()
    change(folder, SHARED, "en: lesson shared (English)", "en: another title")
    [found] = problems(folder)  # here, importing it would make the Spanish title stale
    assert found.startswith("basics/module.yaml:1: courses.E020 shared · title · es:")
    assert counts() == before
    assert Module.objects.get().steps.get(key="shared").title_en == "lesson shared (English)"


def test_problem_of_a_file_is_named_by_its_line(folder):
    change(folder, SHARED, "objective: stop", "objective: ask")
    assert problems(folder) == ["basics/lessons/shared.yaml:5: The module has no objective “ask”."]


@pytest.mark.parametrize(
    "language, said",
    [
        ("es_MX:es:en", "El módulo no tiene el objetivo “ask”."),
        ("fr", "The module has no objective “ask”."),
        ("C.UTF-8", "The module has no objective “ask”."),
    ],
)
@pytest.mark.parametrize("command", ["check_content", "import_content"])
def test_problems_are_told_in_the_language_of_the_terminal(command, language, said, terminal, folder):
    change(folder, SHARED, "objective: stop", "objective: ask")
    terminal(language)
    with pytest.raises(CommandError) as refused:
        call_command(command, folder)
    assert (str(refused.value), get_language()) == (f"basics/lessons/shared.yaml:5: {said}", "en")


def test_whole_check_is_told_in_the_language_of_the_terminal(terminal, folder):
    change(folder, SHARED, "es: lesson shared (español)", 'es:    ""')
    terminal("es")
    assert problems(folder) == [
        "basics/lessons/shared.yaml:4: Este archivo no tiene la forma que le da export_content. "
        "“check_content --fix” la corrige.",
        "basics/module.yaml:1: courses.E001 shared · title · es: Falta un texto en un idioma. "
        "Escríbalo o quítelo del otro idioma.",
    ]


def test_reason_not_to_publish_is_a_problem(folder):
    change(folder, SHARED, "es: lesson shared (español)", 'es: ""')
    [found] = problems(folder)
    assert found.startswith("basics/module.yaml:1: courses.E001 shared · title · es:")


def test_another_form_is_named_by_its_first_line_and_mended(folder):
    change(folder, SHARED, "objective: stop", "objective: 'stop'")
    (folder / "basics" / "bank" / "mine.yaml").write_text("questions: []\n")
    assert problems(folder) == [
        f"basics/bank/mine.yaml:1: This file has another name {MENDED}",
        f"basics/lessons/shared.yaml:5: This file has another form {MENDED}",
    ]
    call_command("check_content", folder, fix=True, verbosity=0)
    call_command("check_content", folder, verbosity=0)
    assert not (folder / "basics" / "bank" / "mine.yaml").exists()


def test_mending_touches_nothing_of_a_folder_with_problems(folder):
    change(folder, SHARED, "objective: stop", "objective: 'ask'")
    before = (folder / SHARED).read_bytes()
    with pytest.raises(CommandError):
        call_command("check_content", folder, fix=True)
    assert (folder / SHARED).read_bytes() == before


def test_what_is_not_of_the_package_stays(folder):
    (folder / "basics" / "NOTES.md").write_text("notes")
    (folder / "basics" / ".git").mkdir()
    (folder / "basics" / ".git" / "config.yaml").write_text("x")
    call_command("check_content", folder, fix=True, verbosity=0)
    assert (folder / "basics" / "NOTES.md").exists() and (folder / "basics" / ".git" / "config.yaml").exists()


def test_setting_that_the_folder_does_not_define_must_be_stored(folder):
    (folder / "settings.yaml").unlink()
    assert {problem.partition(": ")[2] for problem in problems(folder)} == {
        "There is no professional setting “clinic”.",
        "There is no professional setting “school”.",
    }
    for key in ("clinic", "school"):
        Setting.objects.create(key=key, name_en=key, name_es=key, places_en=key, places_es=key)
    call_command("check_content", folder, verbosity=0)


def test_command_refuses_what_is_not_a_folder(tmp_path):
    with pytest.raises(CommandError, match="is not a folder"):
        call_command("check_content", tmp_path / "none")


def test_order_of_settings_is_that_of_the_alphabet(folder):
    change(folder, "basics/module.yaml", "settings: [clinic, school]", "settings: [school, clinic]")
    [found] = problems(folder)
    assert found.endswith(f"This file has another form {MENDED}")
    call_command("check_content", folder, fix=True, verbosity=0)
    assert "settings: [clinic, school]" in (folder / "basics/module.yaml").read_text()
