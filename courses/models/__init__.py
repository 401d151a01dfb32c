from courses.models.cases import CaseChoice, CaseNode
from courses.models.lessons import Block
from courses.models.modules import Module, Objective, Section, Setting, Source, Step
from courses.models.questions import Category, Option, Question
from courses.models.releases import Release, ReleaseEvent
from courses.models.surveys import SurveyItem, SurveyOption

__all__ = [
    "Block",
    "CaseChoice",
    "CaseNode",
    "Category",
    "Module",
    "Objective",
    "Option",
    "Question",
    "Release",
    "ReleaseEvent",
    "Section",
    "Setting",
    "Source",
    "Step",
    "SurveyItem",
    "SurveyOption",
]
