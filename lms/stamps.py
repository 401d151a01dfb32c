"""Work on files that need not be repeated while the files are the same; remembered in DATA_DIR."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings


def when_changed(name: str, paths: Iterable[Path], work: Callable[[], None], *, anyway: bool = False) -> None:
    stamp = settings.DATA_DIR / "stamps" / name
    inputs = digest(paths)
    if not anyway and stamp.exists() and stamp.read_text() == inputs:
        return
    work()
    # Written last: work that was cut short is done again.
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(inputs)


def digest(paths: Iterable[Path]) -> str:
    """Of the names and bytes of files, and of all files under folders."""
    total = hashlib.sha256()
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                data = file.read_bytes()
                total.update(f"{file.relative_to(path)} {len(data)}\n".encode() + data)
    return total.hexdigest()
