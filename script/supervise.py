"""Runs the web server and the job runner of an embedded site together: restarts what dies, stops both at once."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from threading import Event, Thread

HOST = os.environ.get("HOST", "127.0.0.1")
PORT = int(os.environ.get("PORT", "8000"))
SITE_URL = os.environ.get("SITE_URL", f"http://localhost:{PORT}")
IS_DEMO = os.environ.get("DEMO", "").lower() in {"1", "true", "yes", "on"}

LOOK_EVERY = 0.2
PATIENCE = 8
LONGEST_WAIT = 30
LONG_ENOUGH = 60
GIVE_UP_AFTER = 3
PR_SET_PDEATHSIG = 1


class Child:
    """A process that is started again when it ends; after each quick death it waits twice as long."""

    def __init__(self, name: str, *command: str, keep: tuple[int, ...] = ()) -> None:
        self.name, self.command, self.keep = name, command, keep
        self.process: subprocess.Popen | None = None
        self.started_at = self.start_at = 0.0
        self.quick_deaths = 0

    def look(self) -> None:
        now = time.monotonic()
        if self.process is None:
            if now >= self.start_at:
                self.process = subprocess.Popen(
                    [sys.executable, *self.command], pass_fds=self.keep, preexec_fn=end_with_supervisor
                )
                self.started_at = now
        elif (code := self.process.poll()) is not None:
            self._bury(code, now)

    def _bury(self, code: int, now: float) -> None:
        self.process = None
        self.quick_deaths = 1 if now - self.started_at > LONG_ENOUGH else self.quick_deaths + 1
        wait = min(2 ** (self.quick_deaths - 1), LONGEST_WAIT)
        self.start_at = now + wait
        say(f"the {self.name} stopped ({describe(code)}); starting it again in {wait} s")

    def stop(self, deadline: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def end_with_supervisor() -> None:
    """Runs in the child: a supervisor that was killed must leave nobody behind who holds its port. Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def main() -> int:
    stop, ready = Event(), Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    try:
        listener = socket.create_server(
            (HOST, PORT), family=socket.AF_INET6 if ":" in HOST else socket.AF_INET, backlog=512
        )
    except OSError as error:
        say(f"cannot listen on {HOST}, port {PORT}: {os.strerror(error.errno)}. PORT=… chooses another port.")
        return 1
    # The listener stays open here, so that callers wait in its queue while the web server is being restarted.
    web = Child("web server", *web_command(listener.fileno()), keep=(listener.fileno(),))
    children = [web, Child("job runner", "manage.py", "run_jobs")]
    Thread(target=announce, args=(ready,), daemon=True).start()
    try:
        while not stop.is_set():
            for child in children:
                child.look()
            if web.quick_deaths == GIVE_UP_AFTER and not ready.is_set():
                say("the web server does not start; the reason is above")
                return 1
            stop.wait(LOOK_EVERY)
        return 0
    finally:
        stop_all(children)


def web_command(listener: int) -> list[str]:
    options = f"--bind fd://{listener} --workers 1 --threads 8 --graceful-timeout 5 --log-level warning"
    return ["-m", "gunicorn", "lms.wsgi", *options.split(), "--no-control-socket"]


def announce(ready: Event) -> None:
    """The request waits in the listener's queue until the server is up."""
    while not ready.is_set():
        try:
            with urllib.request.urlopen(f"http://{reachable_host()}:{PORT}/readyz", timeout=30):
                ready.set()
        except OSError:
            time.sleep(1)
    say(f"ready at {SITE_URL}  (Ctrl-C stops it)")
    if IS_DEMO:
        say(f"to look around, open {SITE_URL}/en/sign-in/ and come in as a learner or as the administrator")
        say(f"mail is not sent but shown at {SITE_URL}/en/outbox/")


def reachable_host() -> str:
    if HOST in ("0.0.0.0", "::"):  # noqa: S104  an address to call, not one to listen on
        return "localhost"
    return f"[{HOST}]" if ":" in HOST else HOST


def stop_all(children: list[Child]) -> None:
    for child in children:
        if child.process is not None:
            child.process.terminate()
    deadline = time.monotonic() + PATIENCE
    for child in children:
        child.stop(deadline)


def describe(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def say(text: str) -> None:
    print(f"server: {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
