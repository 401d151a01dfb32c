from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts import demo


class Command(BaseCommand):
    help = "Makes the people whom a demonstration lets in without a code (DEMO=1 only)."

    def handle(self, *args, **options) -> None:
        if not settings.DEMO:
            raise CommandError("Demonstration people are made only where DEMO is on.")
        self.stdout.write(f"{demo.make_people()} demonstration people made")
