"""From draft rows to the typed document; only reads, in a fixed number of queries whatever the module's size."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet

from courses import document as doc
from courses import markdown
from courses.choices import BlockKind, StepKind
from courses.files import file_size, picture_size
from courses.models import (
    Block,
    CaseChoice,
    CaseNode,
    Category,
    CreditOffer,
    Module,
    Option,
    Question,
    Step,
    SurveyItem,
    SurveyOption,
)
from courses.offer_rules import TEXTS, earned_in


def build(module: Module, locales: Sequence[str]) -> doc.Document:
    """The document a release of `module` in `locales` would hold; incomplete drafts give incomplete documents."""
    return _Builder(module, tuple(locales)).document()


def bank(module: Module, locales: Sequence[str], **only: Any) -> list[tuple[Question, doc.Question]]:
    """The live questions of a module's tests, each beside what a release would hold of it."""
    builder = _Builder(module, tuple(locales))
    return [(row, builder.question(row)) for row in _bank(module).filter(**only)]


def _live(lookup: str, rows: QuerySet) -> Prefetch:
    return Prefetch(lookup, rows.order_by("position", "id"))


def _steps(module: Module) -> QuerySet[Step]:
    blocks = Block.live.select_related("question").prefetch_related(
        "sources",
        _live("question__options", Option.live.select_related("category")),
        _live("question__categories", Category.live.all()),
    )
    steps = Step.live.filter(module=module, section__archived=False)
    return steps.select_related("section", "objective").prefetch_related(
        "settings",
        "sources",
        _live("blocks", blocks),
        _live("nodes", CaseNode.live.all()),
        _live("nodes__choices", CaseChoice.live.select_related("to")),
        _live("survey_items", SurveyItem.live.all()),
        _live("survey_items__options", SurveyOption.live.all()),
    )


def _bank(module: Module) -> QuerySet[Question]:
    rows = Question.live.filter(module=module, block=None).select_related("objective")
    return rows.prefetch_related("settings", "sources", _live("options", Option.live.all()))


def _keys(rows: Any) -> tuple[str, ...]:
    return tuple(row.key for row in rows.all() if not row.archived)


class _Builder:
    def __init__(self, module: Module, locales: tuple[str, ...]) -> None:
        self.module, self.locales = module, locales
        self.sizes: dict[str, tuple[int, int]] = {}

    def words(self, row: Any, name: str) -> doc.Words:
        """The text of `name` in each locale that has one."""
        texts = {locale: getattr(row, f"{name}_{locale}") for locale in self.locales}
        return {locale: text for locale, text in texts.items() if text}

    def html(self, row: Any, name: str) -> doc.Words:
        return {locale: markdown.render(text) for locale, text in self.words(row, name).items()}

    def citation(self, row: Any) -> doc.Words:
        return {locale: markdown.render_citation(text) for locale, text in self.words(row, "citation").items()}

    def texts(self, row: Any, *names: str) -> dict[str, doc.Words]:
        return {name: self.words(row, name) for name in names}

    def document(self) -> doc.Document:
        module = self.module
        plain = ("key", "pass_mark", "attempts_allowed", "released_on", "review_on", "terminates_on")
        return doc.Document(
            locales=self.locales,
            **{name: getattr(module, name) for name in plain},
            **self.texts(module, "title", "summary", "audience", "authors", "provider", "credit", "statement"),
            description=self.html(module, "description"),
            settings=tuple(
                doc.Setting(key=row.key, icon=row.icon, **self.texts(row, "name", "places"))
                for row in module.settings.filter(archived=False)
            ),
            objectives=tuple(
                doc.Objective(key=row.key, text=self.words(row, "text"))
                for row in module.objectives.filter(archived=False)
            ),
            sections=tuple(
                doc.Section(key=row.key, accent=row.accent, title=self.words(row, "title"))
                for row in module.sections.filter(archived=False)
            ),
            steps=tuple(self.step(row) for row in _steps(module)),
            questions=tuple(self.question(row) for row in _bank(module)),
            sources=tuple(
                doc.Source(key=row.key, citation=self.citation(row), url=row.url, checked_on=row.checked_on)
                for row in module.sources.filter(archived=False)
            ),
            offers=earned_in(self.locales, [self.offer(row) for row in module.offers.filter(archived=False)]),
        )

    def offer(self, row: CreditOffer) -> doc.Offer:
        plain = ("key", "type", "amount", "provider_address", "provider_number", "activity_number", "signatory")
        rules = ("starts_on", "ends_on", "valid_months", "needs_license", "needs_nabp")
        return doc.Offer(
            **{name: getattr(row, name) for name in (*plain, *rules)},
            **self.texts(row, *TEXTS),
            professions=tuple(row.professions),
            languages=tuple(row.languages),
        )

    def step(self, row: Step) -> doc.Step:
        makers: dict[str, Callable] = {
            StepKind.LESSON: self.lesson,
            StepKind.CASE: self.case,
            StepKind.TEST: self.test,
            StepKind.SURVEY: self.survey,
        }
        common = {
            "key": row.key,
            "section": row.section.key,
            "title": self.words(row, "title"),
            "minutes": row.minutes,
            "settings": _keys(row.settings),
        }
        return makers[row.kind](row, common)

    def lesson(self, row: Step, common: dict) -> doc.Lesson:
        return doc.Lesson(
            **common,
            objective=row.objective.key if row.objective and not row.objective.archived else "",
            content_note=self.words(row, "content_note"),
            summary=self.html(row, "summary"),
            blocks=tuple(self.block(block) for block in row.blocks.all()),
        )

    def case(self, row: Step, common: dict) -> doc.Case:
        return doc.Case(
            **common,
            content_note=self.words(row, "content_note"),
            summary=self.html(row, "summary"),
            sources=_keys(row.sources),
            start=row.start,
            nodes=tuple(
                doc.CaseNode(
                    key=node.key,
                    html=self.html(node, "body"),
                    ending=node.ending or None,
                    choices=tuple(
                        doc.CaseChoice(key=choice.key, to=choice.to.key, **self.texts(choice, "text", "feedback"))
                        for choice in node.choices.all()
                    ),
                )
                for node in row.nodes.all()
            ),
        )

    def test(self, row: Step, common: dict) -> doc.Test:
        return doc.Test(**common, stage=row.stage, intro=self.html(row, "intro"))

    def survey(self, row: Step, common: dict) -> doc.Survey:
        return doc.Survey(
            **common,
            intro=self.html(row, "intro"),
            items=tuple(
                doc.SurveyItem(
                    key=item.key,
                    kind=item.kind,
                    **self.texts(item, "prompt", "low", "high"),
                    options=tuple(
                        doc.SurveyOption(key=option.key, text=self.words(option, "text"))
                        for option in item.options.all()
                    ),
                )
                for item in row.survey_items.all()
            ),
        )

    def block(self, row: Block) -> doc.Block:
        common = {"key": row.key, "sources": _keys(row.sources)}
        match row.kind:
            case BlockKind.TEXT:
                return doc.Text(**common, heading=self.words(row, "heading"), html=self.html(row, "body"))
            case BlockKind.NOTE:
                return doc.Note(**common, heading=self.words(row, "heading"), html=self.html(row, "body"))
            case BlockKind.SCENE:
                return doc.Scene(**common, html=self.html(row, "body"))
            case BlockKind.PAUSE:
                return doc.Pause(**common, html=self.html(row, "body"))
            case BlockKind.FIGURE:
                return self.figure(row, common)
            case BlockKind.DOWNLOAD:
                return self.download(row, common)
            case _ if not hasattr(row, "question"):  # an exercise that was never written
                return doc.Check(**common, stem={}, options=())
            case BlockKind.CHECK:
                return self.check(row, common)
        return self.sort(row, common)

    def figure(self, row: Block, common: dict) -> doc.Figure:
        image = self.words(row, "image")
        sizes = {locale: self.size(name) for locale, name in image.items()}
        # One that cannot be read spoils the figure; where the languages' pictures differ in size, each keeps its own.
        width, height = min(sizes.values(), default=(0, 0))
        return doc.Figure(
            **common,
            image=image,
            width=width,
            height=height,
            sizes=sizes if len(set(sizes.values())) > 1 else {},
            **self.texts(row, "alt", "caption", "credit"),
        )

    def size(self, name: str) -> tuple[int, int]:
        """Both languages mostly show the same picture: it is read once."""
        if name not in self.sizes:
            self.sizes[name] = picture_size(name)
        return self.sizes[name]

    def download(self, row: Block, common: dict) -> doc.Download:
        file = self.words(row, "file")
        sizes = {locale: file_size(name) for locale, name in file.items()}
        return doc.Download(**common, file=file, bytes=sizes, title=self.words(row, "heading"))

    def check(self, row: Block, common: dict) -> doc.Check:
        question = row.question
        return doc.Check(
            **common, stem=self.words(question, "stem"), multiple=question.multiple, options=self.options(question)
        )

    def sort(self, row: Block, common: dict) -> doc.Sort:
        question = row.question
        return doc.Sort(
            **common,
            stem=self.words(question, "stem"),
            categories=tuple(
                doc.Category(key=category.key, text=self.words(category, "text"))
                for category in question.categories.all()
            ),
            items=tuple(
                doc.SortItem(
                    key=item.key,
                    category=item.category.key if item.category and not item.category.archived else "",
                    **self.texts(item, "text", "feedback"),
                )
                for item in question.options.all()
            ),
        )

    def question(self, row: Question) -> doc.Question:
        return doc.Question(
            key=row.key,
            form=row.form,
            objective=row.objective.key,
            settings=_keys(row.settings),
            stem=self.words(row, "stem"),
            multiple=row.multiple,
            options=self.options(row),
            explanation=self.words(row, "explanation"),
            sources=_keys(row.sources),
        )

    def options(self, question: Question) -> tuple[doc.Option, ...]:
        return tuple(
            doc.Option(key=option.key, correct=option.correct, **self.texts(option, "text", "feedback"))
            for option in question.options.all()
        )
