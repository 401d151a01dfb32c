"""The site as it runs in production, on a PostgreSQL database of its own that `benchmarks.content` makes anew."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import psycopg

CHECKOUT = Path(__file__).resolve().parent.parent
SERVER = os.environ.get("BENCH_POSTGRES", "postgres://postgres@127.0.0.1:5432").rstrip("/")
DATABASE = "soar_bench"


def setup() -> None:
    """Django on the benchmark's database; called before anything of the site is imported."""
    folder = tempfile.mkdtemp(prefix="soar-bench-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in ("DEBUG", "DEMO", "REDIS_URL", "CELERY_BROKER_URL", "SITE_URL", "STATIC_ROOT"):
        os.environ.pop(name, None)
    os.environ |= {
        "DATA_DIR": folder,
        "DATABASE_URL": f"{SERVER}/{DATABASE}",
        "SECRET_KEY": "only-for-benchmarks-" * 3,
        "DJANGO_SETTINGS_MODULE": "lms.settings",
        "CERTIFICATE_KEY_FILE": f"{folder}/key.pem",
        "CERTIFICATE_CERT_FILE": f"{folder}/key.pem",
    }
    _make_key(Path(folder, "key.pem"))
    import django
    from django.core.management import call_command

    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)


def _make_key(file: Path) -> None:
    from certificates.signing import making

    key = making.new_key()
    file.write_bytes(making.private_pem(key) + making.public_pem(making.self_signed(key, "Benchmarks")))


def fresh_database() -> None:
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {DATABASE}")
