from datetime import timedelta

import pytest
from django.core.checks import run_checks
from django.utils import timezone

from certificates.signing import making
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
DEBUGGING = {"DEBUG": True, "HTTPS": False, "SITE_URL": "http://localhost:8000"}
AT_HOME = {"DEMO": True, "HTTPS": False, "SITE_URL": "http://localhost:8000", "EMAIL_BACKEND": checks.LOCAL_OUTBOX}

NO_KEY = dict.fromkeys(("CERTIFICATE_KEY", "CERTIFICATE_KEY_FILE", "CERTIFICATE_CERT", "CERTIFICATE_CERT_FILE"), "")


@pytest.mark.parametrize(
    "changes, found",
    [
        ({}, []),
        (AT_HOME, []),
        ({"SECRET_KEY": "x" * 31}, ["lms.E001"]),
        ({"SECRET_KEY": "x"} | DEBUGGING, []),
        ({"DEMO": True}, ["lms.E002"]),
        (AT_HOME | {"HTTPS": True, "SITE_URL": "https://localhost"}, ["lms.E002"]),
        (AT_HOME | {"SITE_URL": "http://training.example.org"}, ["lms.E002"]),
        ({"EMAIL_BACKEND": checks.LOCAL_OUTBOX}, ["lms.E003"]),
        ({"EMAIL_BACKEND": checks.CONSOLE}, ["lms.E004"]),
        ({"EMAIL_BACKEND": checks.CONSOLE} | DEBUGGING, []),
        ({"REDIS_URL": ""}, ["lms.W001"]),
        ({"REDIS_URL": "", "CELERY_BROKER_URL": ""}, []),
        (NO_KEY, ["lms.E005"]),
        (NO_KEY | DEBUGGING, []),
        ({"DEBUG": True}, ["lms.E007"]),
        (AT_HOME | NO_KEY, []),
        (AT_HOME | {"CERTIFICATE_CERT_FILE": ""}, ["lms.E005"]),
        ({"CERTIFICATE_KEY": "no key"}, ["lms.E005"]),
        ({"CERTIFICATE_KEY_FILE": "/nowhere"}, ["lms.E005"]),
        ({"CERTIFICATE_TSA_URL": "https://stamps.example.org", "CERTIFICATE_TSA_ROOTS": __file__}, []),
        ({"CERTIFICATE_TSA_URL": "stamps.example.org"}, ["lms.E006"]),
        ({"CERTIFICATE_TSA_ROOTS": __file__}, ["lms.E006"]),
        ({"CERTIFICATE_TSA_URL": "https://stamps.example.org", "CERTIFICATE_TSA_ROOTS": "/nowhere"}, ["lms.E006"]),
    ],
)
def test_configuration_is_judged(changes, found, settings):
    for name, value in (SOUND | changes).items():
        setattr(settings, name, value)
    assert [message.id for message in run_checks() if str(message.id).startswith("lms.")] == found


@pytest.mark.parametrize(
    "begun, days, found",
    [(0, 365, []), (0, 59, ["lms.W002"]), (-366, 365, ["lms.E005"]), (2, 365, ["lms.E005"])],
    ids=["valid", "expires soon", "expired", "not yet valid"],
)
def test_certificate_is_judged_by_its_time(begun, days, found, settings):
    key, now = making.new_key(), timezone.now() + timedelta(days=begun)
    own = {
        "CERTIFICATE_KEY": making.private_pem(key).decode(),
        "CERTIFICATE_CERT": making.public_pem(making.self_signed(key, "Provider", days, now)).decode(),
    }
    for name, value in (SOUND | own).items():
        setattr(settings, name, value)
    assert [message.id for message in run_checks() if str(message.id).startswith("lms.")] == found


def test_key_that_does_not_fit_its_certificate_is_named_and_not_shown(settings):
    settings.CERTIFICATE_KEY = making.private_pem(making.new_key()).decode()
    (message,) = checks.certificates_can_be_signed()
    assert message.msg == "Certificates cannot be signed. The private key does not belong to the first certificate."
