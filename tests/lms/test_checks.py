import pytest
from django.core.checks import run_checks

from lms import checks

SOUND = {
    "DEBUG": False,
    "DEMO": False,
    "HTTPS": True,
    "SITE_URL": "https://training.example.org",
    "SECRET_KEY": "x" * 50,
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "CELERY_BROKER_URL": "redis://broker",
    "REDIS_URL": "redis://cache",
}
AT_HOME = {"DEMO": True, "HTTPS": False, "SITE_URL": "http://localhost:8000", "EMAIL_BACKEND": checks.LOCAL_OUTBOX}


@pytest.mark.parametrize(
    "changes, found",
    [
        ({}, []),
        (AT_HOME, []),
        ({"SECRET_KEY": "x" * 31}, ["lms.E001"]),
        ({"SECRET_KEY": "x", "DEBUG": True}, []),
        ({"DEMO": True}, ["lms.E002"]),
        (AT_HOME | {"HTTPS": True, "SITE_URL": "https://localhost"}, ["lms.E002"]),
        (AT_HOME | {"SITE_URL": "http://training.example.org"}, ["lms.E002"]),
        ({"EMAIL_BACKEND": checks.LOCAL_OUTBOX}, ["lms.E003"]),
        ({"EMAIL_BACKEND": checks.CONSOLE}, ["lms.E004"]),
        ({"EMAIL_BACKEND": checks.CONSOLE, "DEBUG": True}, []),
        ({"REDIS_URL": ""}, ["lms.W001"]),
        ({"REDIS_URL": "", "CELERY_BROKER_URL": ""}, []),
    ],
)
def test_configuration_is_judged(changes, found, settings):
    for name, value in (SOUND | changes).items():
        setattr(settings, name, value)
    assert [message.id for message in run_checks() if str(message.id).startswith("lms.")] == found
