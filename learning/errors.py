"""What a learner may not do now, raised by services and turned into words by views.

LearningError
├── UnknownSetting      the edition has no such professional setting
├── NotOpenForEnrolment no edition in this language takes new learners
├── AlreadyComplete     a completed enrolment no longer changes
├── NotOpenYet          a step waits for others; carries them
├── NotFinishable       a step of another kind was told to finish as a lesson
├── UnknownChoice       an option, node, block or item that does not exist there
├── NoAttemptsLeft      every allowed attempt is used
└── Unanswered          a test was handed in with gaps; carries their places
"""

from courses.paths import Path


class LearningError(Exception):
    pass


class UnknownSetting(LearningError):
    pass


class NotOpenForEnrolment(LearningError):
    pass


class AlreadyComplete(LearningError):
    pass


class NotOpenYet(LearningError):
    def __init__(self, waits_for: Path) -> None:
        self.waits_for = waits_for


class NotFinishable(LearningError):
    pass


class UnknownChoice(LearningError):
    pass


class NoAttemptsLeft(LearningError):
    pass


class Unanswered(LearningError):
    def __init__(self, places: list[int]) -> None:
        self.places = places
