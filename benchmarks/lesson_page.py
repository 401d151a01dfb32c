"""What a lesson page costs the web process, next to a bare Django view under the same gunicorn."""

from statistics import median

from benchmarks import environment, report
from benchmarks.gunicorn import Server

ROUNDS, REQUESTS, WARMING = 5, 220, 60


def main() -> None:
    environment.setup()
    from benchmarks import people

    enrolment = people.half_way()
    addresses = [f"/learn/{enrolment.content.key}/steps/{step.key}/" for step in people.lessons(enrolment)]
    cookies = people.cookies(enrolment.user)
    english, spanish = ([f"/{locale}{address}" for address in addresses] for locale in ("en", "es"))
    with Server("lms.wsgi", cookies) as site, Server("benchmarks.bare.wsgi", cookies) as bare:
        measured = rounds(
            {
                "Bare view": (bare, ["/bare/"], "identity"),
                "Lesson, English": (site, english, "identity"),
                "Lesson, Spanish": (site, spanish, "identity"),
                "Lesson, English, compressed": (site, english, "gzip"),
            }
        )
        size = median(site.ask(english, len(english)))
    rows = [
        (name, report.spread(values), report.spread(ratios(values, measured["Bare view"])))
        for name, values in measured.items()
    ]
    report.table("A lesson page, visited before", ["", "CPU ms a request", "Ratio to the bare view"], rows)
    report.note(
        f"{ROUNDS} interleaved rounds of {REQUESTS} requests, over the {len(addresses)} lessons of the path in turn; "
        f"a page has {size / 1024:.0f} KiB of HTML."
    )


def rounds(pages: dict[str, tuple[Server, list[str], str]]) -> dict[str, list[float]]:
    for server, paths, encoding in pages.values():
        server.ask(paths, WARMING, encoding)
    measured: dict[str, list[float]] = {key: [] for key in pages}
    for number in range(ROUNDS):
        order = list(pages) if number % 2 else list(reversed(pages))
        for key in order:
            server, paths, encoding = pages[key]
            measured[key].append(server.milliseconds(paths, REQUESTS, encoding))
    return measured


def ratios(values: list[float], units: list[float]) -> list[float]:
    return [value / unit for value, unit in zip(values, units, strict=True)]


if __name__ == "__main__":
    main()
