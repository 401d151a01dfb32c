"""What pages weigh on the wire: the HTML plain and as browsers get it, and the static files it names."""

import re
from pathlib import Path
from urllib.parse import urljoin

from benchmarks import environment, report


def main() -> None:
    environment.setup()
    from django.conf import settings
    from django.test import Client

    from benchmarks import people

    settings.ALLOWED_HOSTS = ["testserver"]
    root = Path(settings.STATIC_ROOT)
    enrolment = people.half_way()
    module, lesson = enrolment.content.key, people.lessons(enrolment)[2].key
    signed_in, visitor = Client(), Client()
    signed_in.cookies.load(people.cookies(enrolment.user))
    pages = {
        "Catalogue": (visitor, "/en/"),
        "Module": (visitor, f"/en/modules/{module}/"),
        "My training": (signed_in, "/en/training/"),
        "Lesson": (signed_in, f"/en/learn/{module}/steps/{lesson}/"),
        "Lesson, Spanish": (signed_in, f"/es/learn/{module}/steps/{lesson}/"),
    }
    rows = []
    for name, (client, address) in pages.items():
        html, compressed = (client.get(address, headers={"accept-encoding": how}).content for how in ("", "gzip"))
        files = static_files(html.decode(), root)
        rows.append((name, kib(len(html)), kib(len(compressed)), kib(sum(map(sent, files))), len(files)))
    report.table("Page weight, KiB", ["", "HTML", "HTML, gzip", "Static files, brotli", "Files"], rows)
    report.note("The static files are those that the page and its style sheet name; browsers keep them for good.")


def static_files(html: str, root: Path) -> set[Path]:
    named = {name.split("#")[0] for name in re.findall(r'(?:href|src)="/static/([^"]+)"', html)}
    styles = {name for name in named if name.endswith(".css")}
    for style in styles:
        inner = re.findall(r'url\(["\']?([^)"\']+)', (root / style).read_text())
        named |= {urljoin(style, name).split("#")[0] for name in inner if not name.startswith("data:")}
    return {root / name for name in named}


def sent(file: Path) -> int:
    brotli = file.with_name(f"{file.name}.br")
    return (brotli if brotli.exists() else file).stat().st_size


def kib(size: int) -> str:
    return f"{size / 1024:.1f}"


if __name__ == "__main__":
    main()
