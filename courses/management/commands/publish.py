from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from courses.models import Module
from courses.services.releases import NotPublishable, publish


class Command(BaseCommand):
    help = "Publishes a module's draft as a release, or lists every reason why not."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("module", nargs="*", help="module keys; every module when none is named")

    def handle(self, *, module: list[str], **options) -> None:
        modules = Module.objects.filter(key__in=module) if module else Module.objects.all()
        for missing in set(module) - {row.key for row in modules}:
            raise CommandError(f"no module is called {missing}")
        for row in modules:
            try:
                release = publish(module=row, by=None)
            except NotPublishable as error:
                raise CommandError(f"{row.key} cannot be published:\n{error}") from error
            self.stdout.write(f"{row.key}: release {release.number} ({', '.join(release.locales)})")
