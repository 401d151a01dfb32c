from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from courses.models import Module, Release
from courses.services.importing import is_edited
from lms.stamps import when_changed


class Command(BaseCommand):
    help = "Brings a site's data up to date before it starts: tables, static files, and content where there is none."

    def handle(self, *args, **options) -> None:
        Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
        call_command("migrate", interactive=False, verbosity=0)
        when_changed("static", static_sources(), collect_static, anyway=not Path(settings.STATIC_ROOT).exists())
        is_empty = not Release.objects.exists()
        # A demonstration follows the packages, where nobody has edited the draft; elsewhere authors own the drafts.
        if is_empty or settings.DEMO:
            when_changed("content", [settings.CONTENT_DIR], load_content, anyway=is_empty)
        if settings.DEMO:
            call_command("demo_people")


def static_sources() -> list[Path]:
    return [*settings.STATICFILES_DIRS, settings.BASE_DIR / "requirements.txt"]


def collect_static() -> None:
    call_command("collectstatic", interactive=False, verbosity=0)


def load_content() -> None:
    call_command("import_help", settings.CONTENT_DIR / "help.yaml")
    call_command("import_content", settings.CONTENT_DIR, spare_edited=True)
    followed = [key for key in Module.objects.values_list("key", flat=True) if not is_edited(key)]
    if followed:  # the command without a name publishes every module
        call_command("publish", *followed)
