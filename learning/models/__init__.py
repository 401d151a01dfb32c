from learning.models.attempts import Attempt, Response
from learning.models.enrolments import Completion, Enrolment, FormBalance, SettingChoice, Visit
from learning.models.practice import CaseDecision, CheckAnswer
from learning.models.surveys import SurveyAnswer, SurveyDone

__all__ = [
    "Attempt",
    "CaseDecision",
    "CheckAnswer",
    "Completion",
    "Enrolment",
    "FormBalance",
    "Response",
    "SettingChoice",
    "SurveyAnswer",
    "SurveyDone",
    "Visit",
]
