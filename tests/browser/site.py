"""The site as it is served to people: its own folder and database, gunicorn, compressed files, and a job runner."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH")


class Site:
    def __init__(self, folder: Path, **environment: str) -> None:
        self._folder, self._environment = folder, environment
        self._log = (folder / "log.txt").open("ab")
        # The listener stays here, so that no other process can take the port.
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._web: subprocess.Popen | None = None
        self._jobs: subprocess.Popen | None = None

    def start(self) -> None:
        prepared = subprocess.run([sys.executable, "manage.py", "prepare"], **self._around(), check=False)
        assert prepared.returncode == 0, (self._folder / "log.txt").read_text()[-2000:]
        listener = self._listener.fileno()
        options = f"--bind fd://{listener} --workers 1 --threads 8 --graceful-timeout 1 --log-level warning"
        self._web = self._run("-m", "gunicorn", "lms.wsgi", *options.split(), keep=(listener,))
        self._jobs = self._run("manage.py", "run_jobs")
        with urllib.request.urlopen(f"{self.url}/readyz", timeout=60) as answer:
            assert answer.status == 200

    def stop(self) -> None:
        for process in (self._jobs, self._web):
            if process is not None:
                _end(process)
        self._listener.close()
        self._log.close()

    @contextmanager
    def without_jobs(self) -> Iterator[None]:
        """The job runner is away; what is ordered meanwhile is done when it comes back."""
        _end(self._jobs)
        yield
        self._jobs = self._run("manage.py", "run_jobs")

    def _run(self, *command: str, keep: tuple[int, ...] = ()) -> subprocess.Popen:
        return subprocess.Popen([sys.executable, *command], **self._around(), pass_fds=keep)

    def _around(self) -> dict:
        inherited = {name: os.environ[name] for name in KEPT if name in os.environ}
        own = {
            "DATA_DIR": str(self._folder),
            "SITE_URL": self.url,
            "SECRET_KEY": "only-for-stories-" * 4,
            "DEMO": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        environment = inherited | own | self._environment
        return {"cwd": ROOT, "env": environment, "stdout": self._log, "stderr": subprocess.STDOUT}


def _end(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
