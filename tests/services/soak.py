"""Kills workers, the broker and database connections at random while certificates are issued (script/soak)."""

import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

from django.conf import settings
from django.db import connection
from django.utils import timezone

from jobs.choices import JobState
from jobs.models import Job
from tests import factories
from tests.certificates.factories import completion
from tests.services import audit
from tests.services.processes import Broker, Celery, Worker, environment, wait_until

WORKERS, CONCURRENCY, CLIENTS = 2, 2, 2
PAUSES = 0.1, 1.0
BACKLOG = 20  # papers that may wait: more, and what is killed has hardly begun to work
PATIENCE = 600
# By these names PostgreSQL knows the connections that may be killed.
WORKER, CLIENT = "soak-worker", "soak-client"
CONNECTIONS = """
    SELECT application_name, pid FROM pg_stat_activity
    WHERE datname = current_database() AND application_name LIKE 'soak-%' ORDER BY pid
"""


class Client:
    def __init__(self, broker_url: str, number: int) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.services.client"],
            cwd=settings.BASE_DIR,
            env=environment(broker_url) | {"PGAPPNAME": f"{CLIENT}-{number}"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def confirm(self, row: int) -> None:
        self.process.stdin.write(f"{row}\n")
        self.process.stdin.flush()

    def end(self) -> int:
        """How often it had to try again."""
        answer, _nothing = self.process.communicate()
        return int(answer)

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


class Soak:
    """A site of its own: broker, beat, workers, and clients that confirm names while `run` kills what it chooses."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.random = folder, Random(seed)
        self.killed: Counter[str] = Counter()
        self.leases_run_out = self.tried_again = self.started = self.ended = 0
        self.broker = Broker(folder)
        self.workers: list[Worker] = []
        self.others: list[Celery | Client] = []
        self.clients: list[Client] = []

    def __enter__(self) -> "Soak":
        self.broker.start()
        schedule = str(self.folder / "schedule")
        self.others = [Celery(self.broker.url, self.folder / "beat.log", "beat", "--schedule", schedule)]
        self.workers = [self._worker() for _ in range(WORKERS)]
        self.clients = [Client(self.broker.url, number) for number in range(CLIENTS)]
        return self

    def __exit__(self, *error) -> None:
        for process in (*self.others, *self.workers, *self.clients):
            process.kill()
        self.broker.stop()

    def run(self, *, issues: int, kills: int) -> None:
        waiting = completions(issues)
        for worker in self.workers:
            worker.wait_until_ready()
        for number in range(kills):
            share = issues * (number + 1) // kills - issues * number // kills
            for _ in range(share):
                self.random.choice(self.clients).confirm(waiting.pop())
            wait_until(lambda: self._is_any_ready() and audit.waiting() < BACKLOG, "the workers to keep up", PATIENCE)
            time.sleep(self.random.uniform(*PAUSES))
            self._kill()
        self.tried_again = sum(client.end() for client in self.clients)
        self._let_leases_run_out()
        wait_until(lambda: self._is_any_ready() and audit.is_quiet(issues), "all work to be done", PATIENCE)

    def _worker(self) -> Worker:
        self.started += 1
        folder = self.folder / f"{WORKER}-{self.started}"
        folder.mkdir()
        return Worker(self.broker.url, folder, beat=False, concurrency=CONCURRENCY, name=WORKER)

    def _kill(self) -> None:
        ways = {self._kill_process: 35, self._kill_worker: 15, self._kill_broker: 15, self._kill_connection: 35}
        (kill,) = self.random.choices(list(ways), ways.values())
        self.killed[kill()] += 1
        self._let_leases_run_out()

    def _kill_process(self) -> str:
        wait_until(lambda: self._ready_worker().kill_one_process(self.random.choice), "a process to kill")
        return "one process of a worker"

    def _kill_worker(self) -> str:
        victim = self._ready_worker()
        victim.kill()
        self.workers[self.workers.index(victim)] = self._worker()
        return "a worker and all its processes"

    def _ready_worker(self) -> Worker:
        wait_until(self._is_any_ready, "a worker")
        return self.random.choice([worker for worker in self.workers if worker.is_ready])

    def _is_any_ready(self) -> bool:
        """Starts anew what has ended by itself, as whatever keeps a site's processes running would."""
        for place, worker in enumerate(self.workers):
            if worker.process.poll() is not None:
                self.ended += 1
                self.workers[place] = self._worker()
        return any(worker.is_ready for worker in self.workers)

    def _kill_broker(self) -> str:
        self.broker.stop()
        time.sleep(self.random.uniform(*PAUSES))
        self.broker.start()
        return "the broker"

    def _kill_connection(self) -> str:
        wait_until(connections, "a database connection")
        open_ones = connections()
        whose = self.random.choice(sorted({name for name, _pid in open_ones}))
        with connection.cursor() as cursor:
            chosen = self.random.choice([pid for name, pid in open_ones if name == whose])
            cursor.execute("SELECT pg_terminate_backend(%s)", [chosen])
        return f"a database connection of a {'worker' if whose == WORKER else 'client'}"

    def _let_leases_run_out(self) -> None:
        """All at once: those of the dead as if their time were over, those of the living as if they had stalled."""
        running = Job.objects.filter(state=JobState.RUNNING, lease_until__gt=timezone.now())
        self.leases_run_out += running.update(lease_until=timezone.now())


def connections() -> list[tuple[str, int]]:
    """Whose, and which."""
    with connection.cursor() as cursor:
        cursor.execute(CONNECTIONS)
        return cursor.fetchall()


def completions(number: int) -> list[int]:
    """Of as many people."""
    release = factories.release()
    return [completion(factories.user(f"learner-{each}@example.org"), release=release).pk for each in range(number)]
