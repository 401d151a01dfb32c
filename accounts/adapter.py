from datetime import timedelta

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from jobs.mail import queue_mail


class AccountAdapter(DefaultAccountAdapter):
    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Everything allauth mails lets its reader in, so it waits sealed and dies with its code."""
        message = self.render_mail(template_prefix, email, context)
        queue_mail(
            to=email,
            subject=message.subject,
            body=message.body,
            language=get_language(),
            secret=True,
            expires_at=timezone.now() + timedelta(seconds=app_settings.LOGIN_BY_CODE_TIMEOUT),
        )

    def add_message(self, *args, **kwargs) -> None:
        """Nothing in allauth's words: the pages show where one is, without the address on the screen."""

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        messages.error(request, _("This account is closed. Please write to whoever runs your training."))
        return redirect("accounts:sign-in")
