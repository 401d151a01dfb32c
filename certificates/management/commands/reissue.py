import time

from django.core.management.base import BaseCommand, CommandError, CommandParser

from certificates.choices import ItemState, ReissueKind
from certificates.errors import ReissueUnderWay
from certificates.models import Reissue
from certificates.services import reissuing
from courses.models import Module, Release

PAUSE = 2  # seconds between two looks


class Command(BaseCommand):
    help = (
        "Draws or replaces all certificates of a module that are in force; the workers do it. Goes on with one begun."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("module", help="key of the module")
        parser.add_argument("--kind", choices=ReissueKind.values, default=ReissueKind.REDRAW)
        parser.add_argument("--release", type=int, help="edition that says what the credit is now; for a replacement")
        parser.add_argument("--reason", default="", help="stays in the record of every certificate")
        parser.add_argument("--wait", action="store_true", help="watch until nothing is waiting any more")

    def handle(self, *, module: str, kind: str, release: int | None, reason: str, wait: bool, **options) -> None:
        found = Module.objects.filter(key=module).first()
        if found is None:
            raise CommandError(f"There is no module “{module}”.")
        reissue = reissuing.under_way(found) or self._begin(found, kind, release, reason)
        self._say(reissue)
        while wait and reissuing.under_way(found) == reissue:
            time.sleep(PAUSE)
            self._say(reissue)

    def _begin(self, module: Module, kind: str, number: int | None, reason: str) -> Reissue:
        if not reason:
            raise CommandError("Say why with --reason: it stays in the record of every certificate.")
        release = Release.objects.filter(module=module, number=number).first()
        if (kind == ReissueKind.REPLACE) != (release is not None):
            raise CommandError("A replacement needs an edition of the module (--release), drawing again needs none.")
        try:
            return reissuing.begin(module=module, kind=kind, reason=reason, release=release, by=None)
        except ReissueUnderWay as error:
            raise CommandError("Somebody else has just begun a reissue of this module.") from error

    def _say(self, reissue: Reissue) -> None:
        counts = reissuing.progress(reissue)
        told = ", ".join(f"{counts.get(state, 0)} {state.value}" for state in ItemState)
        self.stdout.write(f"Reissue {reissue.pk} ({reissue.kind}): {told}")
