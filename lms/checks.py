"""Contradictory configuration stops start-up, with words that say what to change."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

SHORTEST_SECRET = 32
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
