"""A package as the rows of a draft, in the words of courses/parts.py: what each should say, where it stands. Pure."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any, NamedTuple

from courses.choices import LOCALES, BlockKind, StepKind
from courses.freshness import tidy
from courses.keys import exercise_key
from courses.offer_rules import TEXTS
from courses.packages import schema
from courses.packages.canonical import bank_of
from courses.packages.package import Package

Path = tuple[str, ...]
Values = dict[str, Any]
# Rows come after those they belong to or lead to.
ORDER = (
    *("module", "objective", "offer", "source", "section", "step", "block", "node", "question"),
    *("category", "option", "choice", "survey-item", "survey-option"),
)
_KINDS = {
    schema.LessonFile: StepKind.LESSON,
    schema.CaseFile: StepKind.CASE,
    schema.Test: StepKind.TEST,
    schema.SurveyFile: StepKind.SURVEY,
}


class Entry(NamedTuple):
    """`path` holds its keys from the outside in, `values` are as in courses/columns.py.

    `owners`: column → path of what it is in; `fixed`: the columns that no author edits; `group`: the bank file.
    """

    part: str
    path: Path
    values: Values
    owners: dict[str, Path] = {}
    fixed: Values = {}
    group: str = ""
    archived: bool = False


def entries_of(package: Package) -> list[Entry]:
    """In the order of ORDER, and within it as the package has them."""
    entries = list(_Entries(package).all())
    return sorted(entries, key=lambda entry: ORDER.index(entry.part))


def words(**texts: schema.Words | None) -> Values:
    """Translated columns by their suffixed names; a text that was left out is empty."""
    return {
        f"{name}_{locale}": tidy(getattr(text, locale)) if text else ""
        for name, text in texts.items()
        for locale in LOCALES
    }


def setting_entries(file: schema.SettingsFile) -> list[Entry]:
    return [Entry("setting", (s.key,), {"icon": s.icon, **words(name=s.name, places=s.places)}) for s in file.settings]


def term_entries(file: schema.GlossaryFile) -> list[Entry]:
    return [Entry("term", (t.key,), {"note": t.note, **words(name=t.name, avoid=t.avoid)}) for t in file.terms]


def stored_name(name: str, data: bytes) -> str:
    """The storage name of a picture or download: by its content, so that a name never comes to mean another one."""
    folder, suffix = ("files" if name.endswith(".pdf") else "figures"), name.rpartition(".")[2]
    return f"{folder}/{sha256(data).hexdigest()[:32]}.{suffix}"


def _offer(offer: schema.Offer) -> Values:
    numbers = ("provider_address", "provider_number", "activity_number", "signatory")
    plain = ("type", "amount", *numbers, "valid_months", "needs_license", "needs_nabp")
    return {
        **{name: getattr(offer, name) for name in plain},
        **{name: getattr(offer, name).isoformat() for name in ("starts_on", "ends_on")},
        **{name: sorted(getattr(offer, name)) for name in ("professions", "languages")},
        **words(**{name: getattr(offer, name) for name in TEXTS}),
    }


class _Entries:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.stored = {name: stored_name(name, data) for name, data in package.pictures.items()}

    def all(self) -> Iterator[Entry]:
        yield self._module(self.package.module)
        for objective in self.package.module.objectives:
            yield Entry("objective", (objective.key,), words(text=objective.text), archived=objective.archived)
        for offer in self.package.module.offers:
            yield Entry("offer", (offer.key,), _offer(offer))
        for s in self.package.sources:
            values = {"url": s.url, "checked_on": s.checked_on.isoformat(), **words(citation=s.citation)}
            yield Entry("source", (s.key,), values)
        yield from self._steps()
        yield from self._bank()

    def _module(self, file: schema.ModuleFile) -> Entry:
        plain = ("source_locale", "pass_mark", "attempts_allowed")
        dates = ("released_on", "review_on", "terminates_on")
        texts = ("title", "summary", "description", "audience", "authors", "provider", "credit", "statement")
        values = {
            **{name: getattr(file, name) for name in plain},
            **{name: getattr(file, name).isoformat() for name in dates},
            "settings": sorted(file.settings),
            "sign_offs": sorted(file.sign_offs),
            **words(**{name: getattr(file, name) for name in texts}),
        }
        return Entry("module", (), values, fixed={"key": file.key})

    def _steps(self) -> Iterator[Entry]:
        package = self.package
        survey = [package.survey] if package.survey else []
        files = {file.key: file for file in [*package.lessons, *package.cases, *package.module.tests, *survey]}
        for section in package.module.sections:
            yield Entry("section", (section.key,), {"accent": section.accent, **words(title=section.title)})
            for key in section.steps:
                yield self._step(files[key], section.key)
                yield from self._inside(files[key])

    def _step(self, file: Any, section: str) -> Entry:
        values: Values = {"minutes": file.minutes, **words(title=file.title)}
        if isinstance(file, schema.LessonFile | schema.CaseFile):
            values |= {"settings": sorted(file.settings)}
            values |= words(content_note=file.content_note, summary=file.summary)
        else:
            values |= words(intro=file.intro)
        if isinstance(file, schema.LessonFile):
            values |= {"objective": file.objective}
        if isinstance(file, schema.CaseFile):
            values |= {"sources": sorted(file.sources), "start": file.start or ""}
        fixed = {"kind": _KINDS[type(file)], "stage": getattr(file, "stage", "")}
        return Entry("step", (file.key,), values, {"section": (section,)}, fixed)

    def _inside(self, file: Any) -> Iterator[Entry]:
        step = (file.key,)
        if isinstance(file, schema.LessonFile):
            for block in file.blocks:
                yield from self._block(step, block)
        elif isinstance(file, schema.CaseFile):
            for node in file.nodes:
                yield from self._node(step, node)
        elif isinstance(file, schema.SurveyFile):
            for item in file.items:
                yield from self._item(step, item)

    def _block(self, step: Path, block: schema.Block) -> Iterator[Entry]:
        texts = ("heading", "body", "alt", "caption", "credit")
        values = {"kind": block.kind, "sources": sorted(block.sources)}
        values |= words(**{name: getattr(block, name) for name in texts})
        values |= self._stored(image=block.image, file=block.file)
        path = (*step, block.key)
        yield Entry("block", path, values, {"step": step})
        if block.kind in (BlockKind.CHECK, BlockKind.SORT):
            fixed = {"key": exercise_key(step[0], block.key)}
            values = {"multiple": block.multiple, **words(stem=block.stem)}
            yield Entry("question", path, values, {"block": path}, fixed)
            yield from self._exercise(path, block)

    def _stored(self, **pairs: schema.Words | None) -> Values:
        return {
            f"{name}_{locale}": self.stored.get(getattr(pair, locale), "") if pair else ""
            for name, pair in pairs.items()
            for locale in LOCALES
        }

    def _exercise(self, question: Path, block: schema.Block) -> Iterator[Entry]:
        owner = {"question": question}
        for category in block.categories:
            yield Entry("category", (*question, category.key), words(text=category.text), owner)
        for item in block.items:
            values = {"category": item.category, "correct": False, **words(text=item.text, feedback=item.feedback)}
            yield Entry("option", (*question, item.key), values, owner)
        yield from self._options(question, block.options)

    def _options(self, question: Path, options: list[schema.Option]) -> Iterator[Entry]:
        for option in options:
            values = {"category": None, "correct": option.correct}
            values |= words(text=option.text, feedback=option.feedback)
            yield Entry("option", (*question, option.key), values, {"question": question})

    def _node(self, step: Path, node: schema.Node) -> Iterator[Entry]:
        values = {"ending": node.ending or "", **words(body=node.body)}
        path = (*step, node.key)
        yield Entry("node", path, values, {"step": step}, archived=node.archived)
        for choice in node.choices:
            values = {"to": choice.to, **words(text=choice.text, feedback=choice.feedback)}
            yield Entry("choice", (*path, choice.key), values, {"node": path})

    def _item(self, step: Path, item: schema.SurveyItem) -> Iterator[Entry]:
        values = {"kind": item.kind, **words(prompt=item.prompt, low=item.low, high=item.high)}
        path = (*step, item.key)
        yield Entry("survey-item", path, values, {"step": step})
        for option in item.options:
            yield Entry("survey-option", (*path, option.key), words(text=option.text), {"item": path})

    def _bank(self) -> Iterator[Entry]:
        for question in self.package.questions:
            values = {
                **{name: getattr(question, name) for name in ("form", "objective", "multiple")},
                **{name: sorted(getattr(question, name)) for name in ("settings", "sources")},
                **words(stem=question.stem, explanation=question.explanation),
            }
            yield Entry("question", (question.key,), values, group=bank_of(question))
            yield from self._options((question.key,), question.options)
