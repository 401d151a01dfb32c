from courses.models.cases import CaseChoice, CaseNode
from courses.models.credit import CreditOffer
from courses.models.history import Change
from courses.models.lessons import Block
from courses.models.modules import Module, Objective, Section, Setting, Source, Step
from courses.models.questions import Category, Option, Question
from courses.models.releases import Release, ReleaseEvent
from courses.models.reviews import ReviewRequest, SignOff
from courses.models.surveys import SurveyItem, SurveyOption
from courses.models.translations import Term, Translation

__all__ = [
    "Block",
    "CaseChoice",
    "CaseNode",
    "Category",
    "Change",
    "CreditOffer",
    "Module",
    "Objective",
    "Option",
    "Question",
    "Release",
    "ReleaseEvent",
    "ReviewRequest",
    "Section",
    "Setting",
    "SignOff",
    "Source",
    "Step",
    "SurveyItem",
    "SurveyOption",
    "Term",
    "Translation",
]
