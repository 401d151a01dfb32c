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
    DOWNLOAD = "download"


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
    RECALLED = "recalled"  # withdrawn as harmful: people in progress are taken to another edition


class Style(StrEnum):
    """How a text is written and checked."""

    LINE = "line"
    PLAIN = "plain"
    MARKDOWN = "markdown"
    CITATION = "citation"
    PICTURE = "picture"
    FILE = "file"

    @property
    def is_words(self) -> bool:
        """Something a translator writes; a picture or a file is chosen."""
        return self not in (Style.PICTURE, Style.FILE)


LONGEST_TEXT = 20_000  # characters of a text whose column has no limit of its own


class Act(StrEnum):
    """What somebody did to a draft."""

    CREATED = "created"
    EDITED = "edited"
    MOVED = "moved"
    ARCHIVED = "archived"
    RESTORED = "restored"
    UNCHANGED = "meaning-unchanged"
    REVIEWED = "reviewed"
    SOURCE = "source"
    IMPORTED = "imported"


class SignOffKind(StrEnum):
    """Who else must have read a draft before it is published, where its module asks for it."""

    SUBJECT_EXPERT = "subject-expert"
    SURVIVOR_CONSULTANT = "survivor-consultant"
    SPANISH_EDITOR = "spanish-editor"
    ACCESSIBILITY = "accessibility"


class CreditType(StrEnum):
    """What an offer of a module is worth; the words people know it by stand in courses/credit_words.py."""

    COMPLETION = "completion"  # the module was finished, and no more
    CONTACT_HOURS = "contact-hours"
    AMA_PRA_1 = "ama-pra-1"
    ANCC = "ancc"
    ACPE = "acpe"
    APA = "apa"
    ASWB_ACE = "aswb-ace"
    CHES = "ches"
    IPCE = "ipce"
    NBCC = "nbcc"
    STATE = "state"
    OTHER = "other"
