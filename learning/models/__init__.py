from learning.models.attempts import Attempt, AttemptGrant, Response
from learning.models.enrolments import Completion, EditionMove, Enrolment, FormBalance, SettingChoice, Visit
from learning.models.practice import CaseDecision, CheckAnswer
from learning.models.surveys import SurveyAnswer, SurveyDone

__all__ = [
    "Attempt",
    "AttemptGrant",
    "CaseDecision",
    "CheckAnswer",
    "Completion",
    "EditionMove",
    "Enrolment",
    "FormBalance",
    "Response",
    "SettingChoice",
    "SurveyAnswer",
    "SurveyDone",
    "Visit",
]
