"""A step with all that stands in it, as the tree of parts that its page edits."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.choices import BlockKind, StepKind
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
from courses.parts import part_of
from studio.presenting.editor_rows import steps_whole
from studio.presenting.labels import BLOCK_KINDS, SURVEY_KINDS
from studio.wording import PARTS


class Adding(NamedTuple):
    """What may be put into `parent`: kinds to choose from, or for a choice the scenes it may lead to."""

    part: str
    parent: Model
    label: Promise
    kinds: list[tuple[str, Promise]] = []
    needs_target: bool = False


class Item(NamedTuple):
    """`number` of `total` is its place among the live ones; 0 for what is not ordered."""

    row: Model
    label: Promise | str
    children: list["Item"] = []
    adds: list[Adding] = []
    archived: list[tuple[Model, Promise | str]] = []
    number: int = 0
    total: int = 0
    copies: bool = False

    @property
    def part(self) -> str:
        return part_of(self.row).name

    def rows(self) -> Iterator[Model]:
        yield self.row
        for child in self.children:
            yield from child.rows()


def item_of_step(module: Module, key: str) -> Item | None:
    step = steps_whole(module).filter(key=key).first()
    return _MAKERS[step.kind](step) if step else None


def _lesson(step: Step) -> Item:
    adding = Adding("block", step, _("Add a block"), list(BLOCK_KINDS.items()))
    return _item(step, PARTS["step"], step.blocks.all(), _block, [adding])


def _case(step: Step) -> Item:
    return _item(step, PARTS["step"], step.nodes.all(), _node, [Adding("node", step, _("Add a scene"))])


def _test(step: Step) -> Item:
    return _item(step, PARTS["step"])


def _survey(step: Step) -> Item:
    adding = Adding("survey-item", step, _("Add a question"), list(SURVEY_KINDS.items()))
    return _item(step, PARTS["step"], step.survey_items.all(), _survey_item, [adding])


_MAKERS: dict[str, Callable[[Step], Item]] = {
    StepKind.LESSON: _lesson,
    StepKind.CASE: _case,
    StepKind.TEST: _test,
    StepKind.SURVEY: _survey,
}


def _item(
    row: Model,
    label: Promise | str,
    children: Iterable[Any] = (),
    make: Callable[[Any], Item] | None = None,
    adds: list[Adding] | None = None,
    **more: Any,
) -> Item:
    children = list(children)
    live = [make(child) for child in children if not child.archived] if make else []
    archived = [(child, make(child).label) for child in children if child.archived] if make else []
    return Item(row, label, _numbered(live), adds or [], archived, **more)


def _numbered(items: list[Item]) -> list[Item]:
    return [item._replace(number=number, total=len(items)) for number, item in enumerate(items, start=1)]


def _block(block: Block) -> Item:
    children = [question_item(block.question)] if hasattr(block, "question") else []
    return Item(block, BLOCK_KINDS[block.kind], children, copies=True)


def question_item(question: Question) -> Item:
    """A check or a sort inside a lesson, or a question of the bank."""
    if not (question.block and question.block.kind == BlockKind.SORT):
        return _item(
            question,
            PARTS["question"],
            question.options.all(),
            _option,
            [Adding("option", question, _("Add an answer"))],
        )
    categories = _item(question, PARTS["question"], question.categories.all(), _category)
    items = _item(question, PARTS["question"], question.options.all(), _sorted_item)
    adds = [
        Adding("category", question, _("Add a category")),
        Adding("option", question, _("Add an item")),
    ]
    archived = [*categories.archived, *items.archived]
    return Item(question, PARTS["question"], [*categories.children, *items.children], adds, archived)


def _option(option: Option) -> Item:
    return Item(option, pgettext_lazy("part of a question", "Answer"))


def _sorted_item(option: Option) -> Item:
    return Item(option, pgettext_lazy("part of a sorting exercise", "Item"))


def _category(category: Category) -> Item:
    return Item(category, PARTS["category"])


def _node(node: CaseNode) -> Item:
    adding = [] if node.ending else [Adding("choice", node, _("Add a choice"), needs_target=True)]
    return _item(node, PARTS["node"], node.choices.all(), _choice, adding)


def _choice(choice: CaseChoice) -> Item:
    return Item(choice, PARTS["choice"])


def _survey_item(item: SurveyItem) -> Item:
    options = item.options.all() if item.kind == "choice" else []
    adding = [Adding("survey-option", item, _("Add an answer"))] if item.kind == "choice" else []
    return _item(item, PARTS["survey-item"], options, _survey_option, adding)


def _survey_option(option: SurveyOption) -> Item:
    return Item(option, PARTS["survey-option"])
