from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from jobs.models import LocalMail


class EmailBackend(BaseEmailBackend):
    """Delivers into the database, for a demonstration without a mail server."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        letters = [_letter(message, recipient) for message in email_messages for recipient in message.recipients()]
        return len(LocalMail.objects.bulk_create(letters))


def _letter(message: EmailMessage, recipient: str) -> LocalMail:
    return LocalMail(
        recipient=recipient,
        language=message.extra_headers.get("Content-Language", ""),
        subject=message.subject,
        body=message.body,
    )
