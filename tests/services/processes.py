"""A broker that can be stopped, and real workers on the test's own database."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import connection

PATIENCE = 60


def wait_until(condition: Callable[[], object], what: str, patience: int = PATIENCE) -> None:
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, f"waited {patience} s for {what}"
        time.sleep(0.02)


class Broker:
    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/1"
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder), "--save", ""]
        self.process = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL)
        wait_until(self._answers, "the broker")

    def stop(self) -> None:
        self.process.send_signal(signal.SIGCONT)
        self.process.kill()
        self.process.wait()

    def freeze(self) -> None:
        """Its port still accepts, and nobody answers."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Celery:
    """`celery` as a site runs it, in a process group that can be killed as a whole."""

    def __init__(self, broker_url: str, log: Path, *arguments: str, name: str = "celery") -> None:
        """`name` is what PostgreSQL knows its connections by."""
        self.log = log
        with log.open("wb") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "lms", *arguments, "--loglevel", "INFO"],
                cwd=settings.BASE_DIR,
                env=environment(broker_url) | {"PGAPPNAME": name},
                stdout=file,
                stderr=file,
                start_new_session=True,
            )

    def kill(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Worker(Celery):
    """With its beat, unless another one beats for all."""

    def __init__(self, broker_url: str, folder: Path, *, beat: bool = True, concurrency: int = 1, **options) -> None:
        arguments = ["worker", "--hostname", folder.name, "--concurrency", str(concurrency)]
        if beat:
            arguments += ["--beat", "--schedule", str(folder / "beat")]
        super().__init__(broker_url, folder / "worker.log", *arguments, **options)

    @property
    def is_ready(self) -> bool:
        return self.process.poll() is None and b" ready." in self.log.read_bytes()

    def wait_until_ready(self) -> None:
        wait_until(lambda: self.is_ready, "the worker")

    def kill_one_process(self, choose: Callable[[list[int]], int]) -> bool:
        """Of those that do the work: the worker starts another. False when there was none just now."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        with suppress(ProcessLookupError):
            if children:
                os.kill(choose([int(child) for child in children]), signal.SIGKILL)
                return True
        return False


def environment(broker_url: str) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "lms.settings",
        "DATABASE_URL": database_url(),
        "CELERY_BROKER_URL": broker_url,
        "CERTIFICATE_KEY_FILE": settings.CERTIFICATE_KEY_FILE,
        "CERTIFICATE_CERT_FILE": settings.CERTIFICATE_CERT_FILE,
        "EMAIL_URL": "dummymail://",
        "JOBS_SWEEP_SECONDS": "1",
    }


def database_url() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    password = f":{database['PASSWORD']}" if database["PASSWORD"] else ""
    return f"postgres://{database['USER']}{password}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
