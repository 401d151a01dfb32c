import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from script import supervise

PATIENCE = 30


def wait_until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture
def clock(monkeypatch) -> list[float]:
    """A clock that stands still until the test moves it."""
    now = [1000.0]
    monkeypatch.setattr(supervise.time, "monotonic", lambda: now[0])
    return now


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds processes the way of Linux")


def test_child_that_keeps_dying_is_started_ever_later(clock, capsys):
    child = supervise.Child("thing", "-c", "raise SystemExit(3)")
    for _ in range(7):
        child.look()
        child.process.wait()
        child.look()
        clock[0] = child.start_at
    waits = [line.split(" in ")[1] for line in capsys.readouterr().out.splitlines()]
    assert waits == ["1 s", "2 s", "4 s", "8 s", "16 s", "30 s", "30 s"]


def test_child_that_ran_for_long_is_started_again_soon(clock, capsys):
    child = supervise.Child("thing", "-c", "")
    child.quick_deaths = 5
    child.look()
    child.process.wait()
    clock[0] += supervise.LONG_ENOUGH + 1
    child.look()
    assert capsys.readouterr().out == "server: the thing stopped (exit code 0); starting it again in 1 s\n"


def test_child_that_does_not_listen_is_killed():
    child = supervise.Child("thing", "-c", "import signal; signal.pause()")
    child.look()
    process = child.process
    child.stop(deadline=time.monotonic())
    assert process.returncode == -signal.SIGKILL


@pytest.fixture(scope="module")
def environment(tmp_path_factory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("site")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "lms.settings",
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "DATA_DIR": str(folder),
        "EMAIL_URL": "dummymail://",
        "HOST": "127.0.0.1",
        "PORT": port,
    }


def start(environment: dict[str, str]) -> subprocess.Popen:
    command = [sys.executable, "script/supervise.py"]
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, text=True, stdout=subprocess.PIPE)


def test_port_in_use_is_said_at_once(environment):
    with socket.create_server(("127.0.0.1", int(environment["PORT"]))):
        supervisor = start(environment)
        said, _ = supervisor.communicate(timeout=PATIENCE)
    port = environment["PORT"]
    message = f"server: cannot listen on 127.0.0.1, port {port}: Address already in use. PORT=… chooses another port.\n"
    assert (supervisor.returncode, said) == (1, message)


@pytest.fixture(scope="module")
def migrated(environment) -> None:
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, cwd=settings.BASE_DIR, env=environment, check=True)


@pytest.fixture
def site(migrated, environment) -> Iterator[subprocess.Popen]:
    with start(environment) as supervisor:
        wait_until(lambda: listens(int(environment["PORT"])))
        yield supervisor
        supervisor.terminate()


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def answers(environment: dict[str, str]) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{environment['PORT']}/readyz", timeout=PATIENCE) as response:
        return response.status


def children(supervisor: subprocess.Popen) -> dict[str, int]:
    """The process ids of the children that live, by what they run."""
    pids = Path(f"/proc/{supervisor.pid}/task/{supervisor.pid}/children").read_text().split()
    lines = {int(pid): Path(f"/proc/{pid}/cmdline").read_text() for pid in pids}
    return {name: pid for pid, line in lines.items() for name in ("gunicorn", "run_jobs") if name in line}


@pytest.mark.slow
def test_killed_web_server_is_replaced_and_nobody_is_refused(site, environment):
    assert answers(environment) == 200
    before = children(site)
    os.kill(before["gunicorn"], signal.SIGKILL)
    assert answers(environment) == 200
    wait_until(lambda: children(site).get("gunicorn", before["gunicorn"]) != before["gunicorn"])
    assert answers(environment) == 200
    assert children(site)["run_jobs"] == before["run_jobs"]


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stopping_ends_both_within_seconds(site, environment, number):
    assert answers(environment) == 200
    both = children(site)
    started = time.monotonic()
    site.send_signal(number)
    assert site.wait(timeout=PATIENCE) == 0
    assert time.monotonic() - started < supervise.PATIENCE
    assert [pid for pid in both.values() if Path(f"/proc/{pid}").exists()] == []


@pytest.mark.slow
def test_killed_supervisor_leaves_nobody_behind(site, environment):
    assert answers(environment) == 200
    both = children(site)
    site.kill()
    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in both.values()))
    assert (site.wait(), listens(int(environment["PORT"]))) == (-signal.SIGKILL, False)
