"""Who a page is drawn for."""

from datetime import datetime
from typing import Protocol

from courses.document import Document
from learning.progress import Progress


class Learner(Protocol):
    """What a page has to know: an Enrolment, or facts in memory that no row stands behind."""

    @property
    def content(self) -> Document: ...

    @property
    def setting(self) -> str: ...

    @property
    def progress(self) -> Progress: ...

    @property
    def completed_at(self) -> datetime | None: ...
