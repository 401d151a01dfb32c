"""What holds for the whole tree; script/test adds linting, import contracts and the checks of a real configuration."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

SKIPPED = shutil.ignore_patterns(
    ".*", "*.mo", "__pycache__", "benchmarks", "content", "docs", "frontend", "locale", "script", "tests", "var"
)


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Path:
    """Every message in the sources as they are now."""
    copy = tmp_path_factory.mktemp("catalogues") / "copy"
    shutil.copytree(settings.BASE_DIR, copy, ignore=SKIPPED)
    (copy / "locale").mkdir()
    clean = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "es", "--keep-pot", "--no-location"]
    subprocess.run(command, cwd=copy, env=clean, check=True, capture_output=True)
    return copy / "locale" / "django.pot"


def compare(definitions: Path, references: Path, *options: str) -> str:
    """What gettext finds amiss; its warnings, which tell of messages in the other direction, do not make it fail."""
    result = subprocess.run(["msgcmp", *options, definitions, references], capture_output=True, text=True)
    return result.stderr if result.returncode else ""


@pytest.mark.slow
def test_spanish_catalogue_translates_every_message(template):
    assert compare(catalogue("es"), template) == ""


@pytest.mark.slow
def test_spanish_catalogue_has_no_message_that_the_sources_lost(template):
    assert compare(template, catalogue("es"), "--use-untranslated") == ""


def test_spanish_catalogue_has_sound_placeholders(tmp_path):
    command = ["msgfmt", "--check-format", "--output-file", tmp_path / "django.mo", catalogue("es")]
    result = subprocess.run(command, capture_output=True, text=True)
    assert (result.returncode, result.stderr) == (0, "")


def catalogue(locale: str) -> Path:
    return settings.BASE_DIR / "locale" / locale / "LC_MESSAGES" / "django.po"


@pytest.mark.django_db
def test_models_have_no_change_without_a_migration(capsys):
    call_command("makemigrations", check=True, dry_run=True)
    assert capsys.readouterr().out == "No changes detected\n"
