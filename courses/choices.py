"""The closed lists of what is taught. Plain values: the pure modules read them too."""

from enum import StrEnum

LOCALES = ("en", "es")


class Accent(StrEnum):
    """Which quarter of the mark a section belongs to; never its only signal."""

    NEUTRAL = "neutral"
    STOP = "stop"
    OBSERVE = "observe"
    ASK = "ask"
    RESPOND = "respond"


class StepKind(StrEnum):
    LESSON = "lesson"
    CASE = "case"
    TEST = "test"
    SURVEY = "survey"


class Stage(StrEnum):
    """`pre` is ungraded and opens the path; `post` is graded and closes it."""

    PRE = "pre"
    POST = "post"


class Form(StrEnum):
    """Twin sets of questions: a learner meets one before, the other after."""

    A = "A"
    B = "B"

    @property
    def twin(self) -> "Form":
        return Form.B if self is Form.A else Form.A


class BlockKind(StrEnum):
    TEXT = "text"
    SCENE = "scene"
    NOTE = "note"
    FIGURE = "figure"
    PAUSE = "pause"
    CHECK = "check"
    SORT = "sort"


class Ending(StrEnum):
    STRONG = "strong"
    MIXED = "mixed"


class SurveyKind(StrEnum):
    SCALE = "scale"
    CHOICE = "choice"
    TEXT = "text"


class Availability(StrEnum):
    """What a release event says of one locale of a release, from its time on."""

    OPENED = "opened"
    WITHDRAWN = "withdrawn"
