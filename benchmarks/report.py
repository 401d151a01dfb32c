"""Markdown on standard output: tables, medians with their range, and the machine they were measured on."""

import platform
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from os import cpu_count
from pathlib import Path
from statistics import median
from time import process_time


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    lines = [columns, ["---", *["---:"] * (len(columns) - 1)], *rows]
    print(f"\n### {title}\n", *(f"| {' | '.join(map(str, line))} |" for line in lines), sep="\n", flush=True)


def note(text: str) -> None:
    print(f"\n{text}", flush=True)


def spread(values: Sequence[float], digits: int = 2) -> str:
    return f"{median(values):.{digits}f} ({min(values):.{digits}f}–{max(values):.{digits}f})"


def cpu_seconds(work: Callable[[], object]) -> float:
    before = process_time()
    work()
    return process_time() - before


def machine() -> None:
    packages = ("django", "gunicorn", "psycopg", "weasyprint")
    facts = [
        ("Measured", f"{datetime.now(UTC):%Y-%m-%d}"),
        ("Processor", f"{_first('/proc/cpuinfo', 'model name')}, {cpu_count()} cores"),
        ("Memory", f"{int(_first('/proc/meminfo', 'MemTotal').split()[0]) // 1024**2} GiB"),
        ("System", platform.freedesktop_os_release()["PRETTY_NAME"]),
        ("Python", platform.python_version()),
        *((name, version(name)) for name in packages),
    ]
    table("The machine", ["", ""], facts)


def _first(path: str, name: str) -> str:
    lines = Path(path).read_text().splitlines()
    return next(line.split(":", 1)[1].strip() for line in lines if line.startswith(name))


if __name__ == "__main__":
    machine()
