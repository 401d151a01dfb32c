"""The site's own settings in a made-up environment; DATABASE_URL and TEST_REDIS_URL may name real servers."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = tempfile.mkdtemp(prefix="soar-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
_worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")

for _name in (
    "DEMO",
    "DEBUG",
    "REDIS_URL",
    "CELERY_BROKER_URL",
    "EMAIL_URL",
    "SITE_URL",
    "ALLOWED_HOSTS",
    "STATIC_ROOT",
    "CERTIFICATE_KEY",
    "CERTIFICATE_CERT",
    "CERTIFICATE_KEY_PASSWORD",
    "CERTIFICATE_TSA_URL",
    "CERTIFICATE_TSA_ROOTS",
):
    os.environ.pop(_name, None)
os.environ |= {"DATA_DIR": _folder, "SECRET_KEY": "only-for-tests-" * 4}
if "TEST_REDIS_URL" in os.environ:
    # Clearing a cache empties its Redis database: each xdist worker has one for itself.
    os.environ["REDIS_URL"] = f"{os.environ['TEST_REDIS_URL']}/{int(_worker) + 2}"

from certificates.signing import making  # noqa: E402

_key = making.new_key()
Path(_folder, "key.pem").write_bytes(making.private_pem(_key) + making.public_pem(making.self_signed(_key, "Tests")))
os.environ |= {"CERTIFICATE_KEY_FILE": f"{_folder}/key.pem", "CERTIFICATE_CERT_FILE": f"{_folder}/key.pem"}

from lms.settings import *  # noqa: E402, F403
from lms.settings import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

Path(STATIC_ROOT).mkdir()
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as on the site: two threads of a test then meet each other's locks, which in memory they would not.
    DATABASES["default"]["TEST"] = {"NAME": f"{_folder}/test.sqlite3"}
