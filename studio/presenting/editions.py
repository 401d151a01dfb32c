"""What can be previewed of a module: its draft, and each of its releases."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from courses.building import build
from courses.choices import LOCALES
from courses.document import Document
from courses.models import Module, Release
from support.numbers import whole

DRAFT = "draft"


class Edition(NamedTuple):
    """`number` is the release's, or the one that the draft would get; a draft has no digest."""

    source: str
    number: int
    content: Document
    digest: str

    @property
    def is_draft(self) -> bool:
        return self.source == DRAFT

    @property
    def name(self) -> str:
        return _("Draft") if self.is_draft else _("Edition %(number)s") % {"number": self.number}


def edition(module: Module, source: str) -> Edition | None:
    if source == DRAFT:
        newest = module.releases.values_list("number", flat=True).first() or 0
        return Edition(DRAFT, newest + 1, build(module, LOCALES), "")
    number = whole(source, 6) or 0
    release = Release.objects.filter(module=module, number=number).first()
    return Edition(str(release.number), release.number, release.content, release.digest) if release else None


def sources(module: Module) -> list[tuple[str, str]]:
    """Each source with its name, the draft first and then the newest release."""
    numbers = module.releases.values_list("number", flat=True)
    return [(DRAFT, _("Draft")), *((str(number), _("Edition %(number)s") % {"number": number}) for number in numbers)]
