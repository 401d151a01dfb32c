"""Drawing certificates in one warm process: processor time, size, and whether its memory grows."""

from pathlib import Path
from time import process_time

from benchmarks import environment, report

BATCHES, DRAWINGS, WARMING = 5, 100, 5
NAMES = ("María José Núñez Ibáñez", "Jordan Lee", "Zoë Łukasiewicz-Ōtani", "Nguyễn Thị Minh Khai")


def main() -> None:
    environment.setup()
    from benchmarks import people
    from certificates import services
    from certificates.drawing import draw
    from certificates.models import Certificate

    completion = people.completed().completion
    facts = services.issue(
        completion=completion, printed_name=NAMES[0], locale="en", by=completion.enrolment.user
    ).facts

    def drawn(number: int) -> int:
        certificate = Certificate(
            code=f"{number:012}", printed_name=NAMES[number % len(NAMES)], locale=("en", "es")[number % 2], facts=facts
        )
        return len(draw(certificate))

    before = resident()
    first = report.cpu_seconds(lambda: drawn(0))
    for number in range(WARMING):
        drawn(number)
    rows, times, sizes = [("Before the first", "–", f"{before:.0f}")], [], []
    for batch in range(BATCHES):
        start = process_time()
        sizes += [drawn(batch * DRAWINGS + number) for number in range(DRAWINGS)]
        times.append(1000 * (process_time() - start) / DRAWINGS)
        rows.append((f"After {(batch + 1) * DRAWINGS}", f"{times[-1]:.0f}", f"{resident():.0f}"))
    report.table("Certificates, one warm process", ["", "CPU ms a document", "Memory, MB"], rows)
    report.note(
        f"CPU ms a document: {report.spread(times, 0)}; documents a second and core: "
        f"{report.spread([1000 / time for time in times], 1)}; KB a document: "
        f"{report.spread([size / 1000 for size in sizes], 0)}. The first one, with all that is loaded for it, "
        f"took {first:.1f} s."
    )


def resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


if __name__ == "__main__":
    main()
