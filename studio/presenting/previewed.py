"""One request of a preview, and what it answers with."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from django.http import QueryDict

from courses.document import Step
from learning.presenting.pages import Page
from studio.presenting.editions import Edition
from studio.presenting.preview import Choices, PreviewAddresses, PreviewLearner


class Drawn(NamedTuple):
    """A page of a learner; `step` is the one it belongs to."""

    page: Page
    step: Step | None = None
    status: int = 200


@dataclass(frozen=True)
class Visitor:
    """Whom a page of a learner greets: somebody signed in, without a way to the back office."""

    is_authenticated: bool = True
    is_staff: bool = False


@dataclass(frozen=True)
class Preview:
    """`said` names the choices; `posted` is what was sent here, `typed` what the address says was chosen."""

    edition: Edition
    said: list[str]
    learner: PreviewLearner
    lacks_words: bool
    posted: QueryDict | None
    typed: QueryDict
    interface: str

    @property
    def choices(self) -> Choices:
        return self.learner.choices

    @property
    def locale(self) -> str:
        return self.choices.language

    @property
    def addresses(self) -> PreviewAddresses:
        return PreviewAddresses(self.learner, self.interface)

    def of(self, learner: PreviewLearner) -> "Preview":
        return replace(self, learner=learner)

    def choosing(self, **changes) -> "Preview":
        return self.of(PreviewLearner(self.learner.content, replace(self.choices, **changes)))


def notice(preview: Preview, text: str) -> Drawn:
    """Where a preview ends."""
    return Drawn(Page("studio/preview_end.html", {"text": text, "url": preview.addresses.path("")}))
