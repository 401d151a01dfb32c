"""The engine of veraPDF (script/verapdf)."""

import subprocess
from pathlib import Path

from django.conf import settings


def verapdf(profile: str, *files: Path) -> tuple[int, list[str]]:
    command = [settings.BASE_DIR / "script" / "verapdf", profile, *files]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode != 2, result.stderr
    return result.returncode, result.stdout.splitlines()


def conforms(profile: str, *files: Path) -> list[str]:
    """What it holds against the files: nothing, when all conform."""
    _status, lines = verapdf(profile, *files)
    return [line for line in lines if line not in {f"conforms {file}" for file in files}] or [
        f"not looked at: {file}" for file in files if f"conforms {file}" not in lines
    ]
