"""Which columns exist once a language. Write them by their suffixed names; there is no fallback."""

from modeltranslation.translator import TranslationOptions, register

from courses import models


def _register(model: type, *names: str) -> None:
    register(model)(type(f"{model.__name__}Translation", (TranslationOptions,), {"fields": names}))


_register(models.Setting, "name", "places")
_register(models.Module, "title", "summary", "description", "audience", "authors", "provider", "credit", "statement")
_register(models.CreditOffer, "name", "provider", "format", "statement", "extra", "signatory_role")
_register(models.Objective, "text")
_register(models.Source, "citation")
_register(models.Section, "title")
_register(models.Step, "title", "content_note", "summary", "intro")
_register(models.Block, "heading", "body", "image", "alt", "caption", "credit", "file")
_register(models.Question, "stem", "explanation")
_register(models.Category, "text")
_register(models.Option, "text", "feedback")
_register(models.CaseNode, "body")
_register(models.CaseChoice, "text", "feedback")
_register(models.SurveyItem, "prompt", "low", "high")
_register(models.SurveyOption, "text")
_register(models.Term, "name", "avoid")
