from django.core.management.base import BaseCommand

from certificates.services.retention import erase_due


class Command(BaseCommand):
    help = "Erases the certificates of closed accounts whose retention has ended, as the workers do daily."

    def handle(self, *args, **options) -> None:
        self.stdout.write(f"{erase_due()} certificates erased")
