"""What a learner may not do now, raised by services and turned into words by views.

LearningError
├── UnknownSetting      the edition has no such professional setting
├── NotOpenForEnrolment no edition in this language takes new learners
├── AlreadyComplete     a completed enrolment no longer changes
├── NotOpenYet          a step waits for others; carries them
├── NotFinishable       a step of another kind was told to finish as a lesson
├── UnknownChoice       an option, node, block or item that does not exist there
├── NoAttemptsLeft      every allowed attempt is used
├── EditionRecalled     what is done in a recalled edition waits for the move to another one
└── Unanswered          a test was handed in with gaps; carries their places

What somebody of the team may not do now.

SupportError
├── GrantNotNeeded      one more attempt was to be granted where one can be started, or where it is of no use
└── LearnersAffected    a branch was to be closed; carries how many learners are on it
"""

from courses.paths import Path


class LearningError(Exception):
    pass


class SupportError(Exception):
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


class EditionRecalled(LearningError):
    pass


class GrantNotNeeded(SupportError):
    pass


class LearnersAffected(SupportError):
    def __init__(self, count: int) -> None:
        self.count = count


class Unanswered(LearningError):
    def __init__(self, places: list[int]) -> None:
        self.places = places
