from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac

from jobs import sealing
from jobs.models import Mail
from jobs.services import enqueue

KIND = "jobs.mail"


def queue_mail(
    *,
    to: str,
    subject: str,
    body: str,
    language: str,
    secret: bool = False,
    expires_at: datetime | None = None,
    html: str = "",
) -> Mail:
    """The words are final, in `language`. A secret mail must expire: it is sealed, and wiped once sent or too old."""
    keep = sealing.seal if secret else str
    with transaction.atomic():
        mail = Mail.objects.create(
            recipient=to,
            language=language,
            subject=subject,
            body=keep(body),
            html=keep(html),
            secret=secret,
            expires_at=expires_at,
        )
        enqueue(kind=KIND, payload={"mail": mail.pk})
    return mail


def deliver(payload: dict) -> None:
    """Nobody can tell a crash after the relay took the mail from one before: it may arrive twice, it is never lost."""
    mail = Mail.objects.filter(pk=payload["mail"], sent_at=None).first()
    if mail is None:
        return
    if mail.has_expired:
        _wipe(mail)
        return
    with translation.override(mail.language):
        _message(mail).send()
    _record_sent(mail)


def _message(mail: Mail) -> EmailMultiAlternatives:
    body, html = mail.opened()
    message = EmailMultiAlternatives(mail.subject, body, to=[mail.recipient], headers=_headers(mail))
    if html:
        message.attach_alternative(html, "text/html")
    return message


def _headers(mail: Mail) -> dict[str, str]:
    # The same identity at every attempt lets mail programs show a repeated mail once.
    identity = salted_hmac(KIND, str(mail.pk)).hexdigest()
    host = settings.SITE_URL.partition("://")[2].partition(":")[0]
    return {
        "Message-ID": f"<{identity}@{host}>",
        "Content-Language": mail.language,
        "Auto-Submitted": "auto-generated",
    }


def _record_sent(mail: Mail) -> None:
    wiped = {"body": "", "html": ""} if mail.secret else {}
    Mail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), **wiped)


def _wipe(mail: Mail) -> None:
    if mail.secret:
        Mail.objects.filter(pk=mail.pk).update(body="", html="")
