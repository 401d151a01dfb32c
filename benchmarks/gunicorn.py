"""A gunicorn started as script/supervise.py does, and the processor time of its worker."""

import os
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path

from benchmarks.environment import CHECKOUT

TICKS = os.sysconf("SC_CLK_TCK")
OPTIONS = ["--workers", "1", "--threads", "8", "--log-level", "warning", "--no-control-socket"]


class Server:
    """One web server on the loopback, serving `application`, and one browser that asks for one thing after another."""

    def __init__(self, application: str, cookies: dict[str, str]) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.cookies = SimpleCookie(cookies)
        bind = f"fd://{self.listener.fileno()}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", application, "--bind", bind, *OPTIONS],
            cwd=CHECKOUT,
            pass_fds=[self.listener.fileno()],
        )
        self.connection = HTTPConnection("127.0.0.1", self.listener.getsockname()[1], timeout=60)

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *error) -> None:
        self.process.terminate()
        self.process.wait()
        self.listener.close()

    def ask(self, paths: list[str], requests: int, encoding: str = "identity") -> list[int]:
        """Asks for the paths in turn; the length of each answer."""
        self.connection.close()  # the server gives up one that was idle for two seconds; the next request opens another
        return [len(self._get(paths[number % len(paths)], encoding)) for number in range(requests)]

    def milliseconds(self, paths: list[str], requests: int, encoding: str) -> float:
        """Processor time of the worker for each request."""
        before = self._worker_seconds()
        self.ask(paths, requests, encoding)
        time.sleep(0.05)  # the worker's last bookkeeping
        return 1000 * (self._worker_seconds() - before) / requests

    def _get(self, path: str, encoding: str) -> bytes:
        kept = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        self.connection.request("GET", path, headers={"Cookie": kept, "Accept-Encoding": encoding})
        response = self.connection.getresponse()
        for given in response.headers.get_all("Set-Cookie", []):
            self.cookies.load(given)
        body = response.read()
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status}")
        return body

    def _worker_seconds(self) -> float:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        stat = Path(f"/proc/{children[0]}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(stat[11]) + int(stat[12])) / TICKS
