from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from learning.services.summaries import rebuild_summaries


class Command(BaseCommand):
    help = "Compares every enrolment's summary with the facts; --repair also writes what the facts say."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true")

    def handle(self, *, repair: bool, **options) -> None:
        compared, different = rebuild_summaries(repair=repair)
        for pk in different:
            self.stdout.write(f"enrolment {pk} differs from its facts")
        self.stdout.write(f"{compared} compared, {len(different)} different{', repaired' if repair else ''}")
