"""Contradictory configuration stops start-up, with words that say what to change."""

import os
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.utils import timezone

from certificates import signing

SHORTEST_SECRET = 32
EARLY_ENOUGH = 60  # days, to get a certificate from an authority
SHORTEST_RETENTION = 6
LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1"}
LOCAL_OUTBOX = "jobs.outbox.EmailBackend"
CONSOLE = "django.core.mail.backends.console.EmailBackend"


@register
def secret_key_is_long(**kwargs) -> list[CheckMessage]:
    if settings.DEBUG or len(settings.SECRET_KEY) >= SHORTEST_SECRET:
        return []
    return [
        Error(
            "SECRET_KEY is short.",
            hint="Set it to 50 random characters; sessions and waiting sign-in mails depend on it.",
            id="lms.E001",
        )
    ]


@register
def demo_stays_at_home(**kwargs) -> list[CheckMessage]:
    if not settings.DEMO or (not settings.HTTPS and urlsplit(settings.SITE_URL).hostname in LOCAL_HOSTS):
        return []
    return [
        Error(
            "DEMO lets anybody in as an administrator, and SITE_URL is not a local address.",
            hint="Turn DEMO off, or serve the demonstration at http://localhost.",
            id="lms.E002",
        )
    ]


@register
def debugging_stays_at_home(**kwargs) -> list[CheckMessage]:
    if not settings.DEBUG or urlsplit(settings.SITE_URL).hostname in LOCAL_HOSTS:
        return []
    return [
        Error(
            "DEBUG shows the inside of the site, and signs certificates with a key for development.",
            hint="Turn DEBUG off, or serve the site at http://localhost.",
            id="lms.E007",
        )
    ]


@register
def mail_goes_somewhere(**kwargs) -> list[CheckMessage]:
    if settings.EMAIL_BACKEND == LOCAL_OUTBOX and not settings.DEMO:
        return [
            Error(
                "Mail goes to the local outbox, which is shown only in a demonstration.",
                hint="Set EMAIL_URL to a mail relay.",
                id="lms.E003",
            )
        ]
    if settings.EMAIL_BACKEND == CONSOLE and not (settings.DEMO or settings.DEBUG):
        return [
            Error(
                "Mail, sign-in codes too, is printed to the log.",
                hint="Set EMAIL_URL to a mail relay.",
                id="lms.E004",
            )
        ]
    return []


@register
def limits_are_shared(**kwargs) -> list[CheckMessage]:
    if not settings.CELERY_BROKER_URL or settings.REDIS_URL:
        return []
    return [
        Warning(
            "With a broker but no REDIS_URL, each process counts rate limits for itself.",
            hint="Set REDIS_URL, so that all processes share one cache.",
            id="lms.W001",
        )
    ]


@register
def certificates_can_be_signed(**kwargs) -> list[CheckMessage]:
    if signing.is_for_development():
        return []
    try:
        credential = signing.current()
    except signing.KeyRefused as refusal:
        return [
            Error(
                f"Certificates cannot be signed. {refusal}",
                hint="Set CERTIFICATE_KEY_FILE and CERTIFICATE_CERT_FILE; `manage.py certificate_key` makes the files.",
                id="lms.E005",
            )
        ]
    return _expires_soon(credential.certificate.not_valid_after_utc)


@register
def time_stamps_are_whole(**kwargs) -> list[CheckMessage]:
    url, roots = settings.CERTIFICATE_TSA_URL, settings.CERTIFICATE_TSA_ROOTS
    if url and urlsplit(url).scheme not in ("http", "https"):
        problem = "CERTIFICATE_TSA_URL is no web address."
    elif roots and not url:
        problem = "CERTIFICATE_TSA_ROOTS is set without CERTIFICATE_TSA_URL."
    elif roots and not os.access(roots, os.R_OK):
        problem = f"CERTIFICATE_TSA_ROOTS names {roots}, which cannot be read."
    else:
        return []
    return [Error(problem, hint="Name the time stamp authority and the file of its root certificates.", id="lms.E006")]


def _expires_soon(end: datetime) -> list[CheckMessage]:
    left = (end - timezone.now()).days
    if left >= EARLY_ENOUGH:
        return []
    return [
        Warning(
            f"The certificate that signs certificates expires in {left} days.",
            hint="Put a new key and certificate in their place; the old public key stays published.",
            id="lms.W002",
        )
    ]


@register
def certificates_are_kept_long_enough(**kwargs) -> list[CheckMessage]:
    if settings.CERTIFICATE_RETENTION_YEARS >= SHORTEST_RETENTION:
        return []
    return [
        Warning(
            "CERTIFICATE_RETENTION_YEARS is short: accreditors ask providers to verify participation for six years.",
            hint="Set it to 6 or more; 7 is the default.",
            id="lms.W003",
        )
    ]
