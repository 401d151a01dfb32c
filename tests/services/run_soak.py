"""script/soak: a database, a folder and a key of its own, the soak, and its figures."""

import os
import signal
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from random import randrange
from tempfile import TemporaryDirectory

import psycopg

SERVER = os.environ.get("SOAK_POSTGRES", "postgres://postgres@127.0.0.1:5432").rstrip("/")
DATABASE = f"soar_soak_{os.getpid()}"


def main() -> int:
    options = _options()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(1))  # and everything that was begun is ended
    with TemporaryDirectory(prefix="soar-soak-") as folder, _database():
        _set_up(Path(folder))
        return _soak(Path(folder), options)


def _options() -> Namespace:
    parser = ArgumentParser(prog="script/soak", description="Kills at random while certificates are issued.")
    parser.add_argument("--issues", type=int, default=500)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=randrange(10_000), help="of what is killed, and when")
    return parser.parse_args()


@contextmanager
def _database() -> Iterator[None]:
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {DATABASE}")
        try:
            yield
        finally:
            server.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


def _set_up(folder: Path) -> None:
    for name in ("DEBUG", "DEMO", "REDIS_URL", "CELERY_BROKER_URL", "SITE_URL", "CERTIFICATE_KEY", "CERTIFICATE_CERT"):
        os.environ.pop(name, None)
    keys = folder / "keys"
    os.environ |= {
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"{SERVER}/{DATABASE}",
        "SECRET_KEY": "only-for-the-soak-" * 3,
        "EMAIL_URL": "dummymail://",
        "DJANGO_SETTINGS_MODULE": "lms.settings",
        "CERTIFICATE_KEY_FILE": str(keys / "key.pem"),
        "CERTIFICATE_CERT_FILE": str(keys / "certificate.pem"),
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("certificate_key", make=keys, organization="Soak", stdout=StringIO())
    call_command("migrate", interactive=False, verbosity=0)


def _soak(folder: Path, options: Namespace) -> int:
    from tests.services import audit
    from tests.services.soak import Soak

    started = time.monotonic()
    with Soak(folder, options.seed) as soak:
        soak.run(issues=options.issues, kills=options.kills)
    seconds = time.monotonic() - started
    faults, (attempts, most) = audit.faults(), audit.attempts()
    figures = {
        "Certificates issued": options.issues,
        "Kills": sum(soak.killed.values()),
        **{f"  {what}": count for what, count in sorted(soak.killed.items())},
        "Workers that ended by themselves": soak.ended,
        "Leases that ran out at a kill": soak.leases_run_out,
        "Attempts at drawing": f"{attempts}, {most} at most for one",
        "Confirmations that clients sent again": soak.tried_again,
        "Seconds": round(seconds),
        "Seed": options.seed,
        "Faults": len(faults),
    }
    for what, figure in figures.items():
        print(f"{what:42} {figure:>8}")  # noqa: T201
    for fault in faults:
        print(fault, file=sys.stderr)  # noqa: T201
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
