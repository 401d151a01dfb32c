"""A whole module's papers drawn again by two workers, and what learners notice of it."""

import os
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from statistics import quantiles

from benchmarks import environment, report
from benchmarks.gunicorn import Server

COUNT, WORKERS, LESSONS = 10_000, 2, 5
EVERY = 0.1  # seconds between two pages, whatever the one before took
ALONE, WARMING = 600, 60
BATCH = 1000


def main() -> None:
    parser = ArgumentParser(prog="benchmarks.bulk")
    parser.add_argument("--count", type=int, default=COUNT, help="certificates")
    count = parser.parse_args().count
    environment.setup()
    from benchmarks import people
    from certificates.choices import ItemState, ReissueKind
    from certificates.services import reissuing

    learner = people.half_way()
    module = learner.content.key
    paths = [f"/en/learn/{module}/steps/{step.key}/" for step in people.lessons(learner)[:LESSONS]]
    if cut_short := reissuing.under_way(learner.module):
        reissuing.stop(reissue=cut_short, by=None)
    _issue(count)
    with Server("lms.wsgi", people.cookies(learner.user)) as site:
        site.ask(paths, WARMING)
        alone = _seconds(site, paths, lambda number: number == ALONE)
        with _workers() as workers:
            reissue = reissuing.begin(module=learner.module, kind=ReissueKind.REDRAW, reason="Measured.", by=None)
            started = time.monotonic()
            meanwhile = _seconds(site, paths, lambda _number: not _is_waiting(reissue, workers))
            spent = time.monotonic() - started
    counts = reissuing.progress(reissue)
    done = counts.get(ItemState.DONE, 0)
    report.table(
        f"{done:,} certificates drawn again by {WORKERS} workers",
        ["", ""],
        [
            ("Minutes", f"{spent / 60:.1f}"),
            ("Certificates a second", f"{done / spent:.1f}"),
            *((state.label, f"{counts.get(state, 0):,}") for state in ItemState),
        ],
    )
    named = {"Without the reissue": alone, "Meanwhile": meanwhile}
    rows = [(name, len(taken), *_shares(taken)) for name, taken in named.items()]
    report.table("A lesson page, ms on the clock", ["", "Pages", "Median", "p95", "p99", "Longest"], rows)
    ratio = _percentile(meanwhile, 99) / _percentile(alone, 99)
    report.note(f"One page every {1000 * EVERY:.0f} ms, timed from when it was due. Ratio of p99: {ratio:.1f}.")


def _issue(count: int) -> None:
    """As many people who hold a paper of the template before. Rows alone: only what is drawn is measured."""
    from certificates.drawing import TEMPLATE
    from certificates.models import Certificate, Drawing

    issued = Certificate.objects.bulk_create(_certificates(count), batch_size=BATCH)
    old = {"template": TEMPLATE - 1, "key_id": "before", "digest": "0" * 64, "file": "before.pdf"}
    papers = (Drawing(certificate=row, language=row.locale, **old) for row in issued)
    Drawing.objects.bulk_create(papers, batch_size=BATCH)


def _certificates(count: int) -> Iterator:
    """Copies of one that a learner of the module earned."""
    from benchmarks import people
    from certificates.models import Certificate
    from certificates.services.issuing import issue
    from jobs.models import Job

    done = people.completed()
    model = issue(completion=done.completion, offer="completion", printed_name="Ana Núñez", by=done.user)
    Job.objects.all().delete()
    for completion in _completions(done.completion, count - 1):
        yield Certificate(
            completion=completion,
            offer=model.offer,
            printed_name=model.printed_name,
            locale=model.locale,
            facts=model.facts,
            issued_by=model.issued_by,
        )


def _completions(model, count: int) -> list:
    from uuid import uuid4

    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from learning.models import Completion, Enrolment

    user = get_user_model()
    users = user.objects.bulk_create([user(email=f"{uuid4()}@example.org") for _ in range(count)], batch_size=BATCH)
    like, values = model.enrolment, ("module_id", "release_id", "setting", "locale", "pre_form", "completed_at")
    same = {name: getattr(like, name) for name in values}
    enrolments = Enrolment.objects.bulk_create([Enrolment(user=each, **same) for each in users], batch_size=BATCH)
    same = {name: getattr(model, name) for name in ("release_id", "setting", "locale", "score")}
    rows = [Completion(enrolment=each, at=timezone.now(), **same) for each in enrolments]
    return Completion.objects.bulk_create(rows, batch_size=BATCH)


@contextmanager
def _workers() -> Iterator[list[subprocess.Popen]]:
    command, place = [sys.executable, "manage.py", "run_jobs"], os.environ | {"EMAIL_URL": "dummymail://"}
    started = [subprocess.Popen(command, cwd=environment.CHECKOUT, env=place) for _ in range(WORKERS)]
    try:
        yield started
    finally:
        for worker in started:
            worker.terminate()
        for worker in started:
            worker.wait()


def _is_waiting(reissue, workers: list[subprocess.Popen]) -> bool:
    from certificates.choices import ItemState

    if any(worker.poll() is not None for worker in workers):
        raise RuntimeError("A worker has stopped; the reason is above.")
    return reissue.items.filter(state=ItemState.PENDING).exists()


def _seconds(site: Server, paths: list[str], is_over: Callable[[int], bool]) -> list[float]:
    """How long each page took from when it was due: one that came late because of the one before counts as late."""
    taken: list[float] = []
    due = time.monotonic()
    for path in cycle(paths):
        if is_over(len(taken)):
            return taken
        time.sleep(max(0, due - time.monotonic()))
        site.ask([path], 1)
        taken.append(time.monotonic() - due)
        due += EVERY
    return taken


def _shares(taken: list[float]) -> Iterator[str]:
    for each in (50, 95, 99):
        yield f"{1000 * _percentile(taken, each):.0f}"
    yield f"{1000 * max(taken):.0f}"


def _percentile(taken: list[float], which: int) -> float:
    return quantiles(taken, n=100, method="inclusive")[which - 1]


if __name__ == "__main__":
    main()
