from argparse import ArgumentParser

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from accounts.choices import Role
from accounts.exceptions import NobodyThere
from accounts.models import User
from accounts.services import grant_role


class Command(BaseCommand):
    help = "Gives somebody a role in the studio, making the account if there is none: how a site gets its first one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", type=str.lower)
        parser.add_argument("role", choices=Role.values)
        parser.add_argument(
            "--language",
            choices=[code for code, _name in settings.LANGUAGES],
            default="",
            help="what a translator writes",
        )

    @transaction.atomic
    def handle(self, *args, email: str, role: str, language: str, **options) -> None:
        if (role == Role.TRANSLATOR) != bool(language):
            raise CommandError("A translator, and nobody else, needs --language.")
        try:
            validate_email(email)
            if not User.objects.filter(email=email).exists():
                User.objects.create_user(email)
            grant_role(email=email, role=Role(role), scope=language, by=None)
        except NobodyThere as refusal:
            raise CommandError(f"The account {email} is closed.") from refusal
        except ValidationError as problem:
            raise CommandError(f"{email} is no e-mail address.") from problem
        self.stdout.write(f"{email} is {role} {language}".strip())
