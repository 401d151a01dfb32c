"""The rows of the editor's pages, archived ones too, to be restored there. The same few queries, however many."""

from django.db.models import Model, Prefetch, QuerySet

from courses.models import (
    Block,
    CaseChoice,
    CaseNode,
    Category,
    Module,
    Option,
    Question,
    Step,
    SurveyItem,
    SurveyOption,
)


def _ordered(model: type[Model]) -> QuerySet:
    return QuerySet(model).order_by("position", "id")


def _questions() -> QuerySet[Question]:
    options = _ordered(Option).select_related("category")
    return (
        QuerySet(Question)
        .select_related("objective", "block")
        .prefetch_related(
            "sources", "settings", Prefetch("categories", _ordered(Category)), Prefetch("options", options)
        )
    )


def bank_question(module: Module, key: str) -> Question | None:
    return _questions().filter(module=module, block=None, archived=False, key=key).first()


def steps_whole(module: Module) -> QuerySet[Step]:
    blocks = _ordered(Block).prefetch_related("sources", Prefetch("question", _questions()))
    choices = _ordered(CaseChoice).select_related("to", "node")
    items = _ordered(SurveyItem).prefetch_related(Prefetch("options", _ordered(SurveyOption)))
    return (
        QuerySet(Step)
        .filter(module=module, archived=False)
        .select_related("objective", "section")
        .prefetch_related(
            "settings",
            "sources",
            Prefetch("blocks", blocks),
            Prefetch("nodes", _ordered(CaseNode).prefetch_related(Prefetch("choices", choices))),
            Prefetch("survey_items", items),
        )
    )
