"""The release document: everything a learner can be shown of one edition of a module, typed and frozen.

Pure: no Django. `html` fields and citations are sanitised HTML, everything else is plain text. Words are kept per
locale; a document holds exactly its `locales`. SCHEMA rises whenever an older document could no longer be read as it
is.
"""

from datetime import date
from decimal import Decimal
from hashlib import sha256

import msgspec

from courses.choices import Accent, CreditType, Ending, Form, Stage, SurveyKind

SCHEMA = 1

Words = dict[str, str]


class Frozen(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    pass


class Setting(Frozen, kw_only=True):
    key: str
    icon: str
    name: Words
    places: Words


class Source(Frozen, kw_only=True):
    key: str
    citation: Words
    url: str = ""
    checked_on: date


class Objective(Frozen, kw_only=True):
    key: str
    text: Words


class Section(Frozen, kw_only=True):
    key: str
    accent: Accent
    title: Words


class Option(Frozen, kw_only=True):
    key: str
    text: Words
    correct: bool = False
    feedback: Words = {}


class Question(Frozen, kw_only=True):
    key: str
    form: Form
    objective: str
    settings: tuple[str, ...] = ()
    stem: Words
    multiple: bool = False
    options: tuple[Option, ...]
    explanation: Words
    sources: tuple[str, ...] = ()

    @property
    def right(self) -> frozenset[str]:
        return frozenset(option.key for option in self.options if option.correct)


class Text(Frozen, kw_only=True, tag_field="kind", tag="text"):
    key: str
    heading: Words = {}
    html: Words
    sources: tuple[str, ...] = ()


class Scene(Frozen, kw_only=True, tag_field="kind", tag="scene"):
    key: str
    html: Words
    sources: tuple[str, ...] = ()


class Note(Frozen, kw_only=True, tag_field="kind", tag="note"):
    key: str
    heading: Words = {}
    html: Words
    sources: tuple[str, ...] = ()


class Pause(Frozen, kw_only=True, tag_field="kind", tag="pause"):
    key: str
    html: Words
    sources: tuple[str, ...] = ()


class Figure(Frozen, kw_only=True, tag_field="kind", tag="figure"):
    """`image` is a storage name a locale: pictures may hold words. `sizes` holds width and height where they differ."""

    key: str
    image: Words
    width: int
    height: int
    alt: Words
    caption: Words = {}
    credit: Words = {}
    sources: tuple[str, ...] = ()
    sizes: dict[str, tuple[int, int]] = {}

    def size(self, locale: str) -> tuple[int, int]:
        return self.sizes.get(locale, (self.width, self.height))


class Download(Frozen, kw_only=True, tag_field="kind", tag="download"):
    """A PDF to keep: `file` is a storage name a locale, `bytes` its size, 0 where it could not be read."""

    key: str
    title: Words
    file: Words
    bytes: dict[str, int]
    sources: tuple[str, ...] = ()


class Check(Frozen, kw_only=True, tag_field="kind", tag="check"):
    key: str
    stem: Words
    multiple: bool = False
    options: tuple[Option, ...]
    sources: tuple[str, ...] = ()

    @property
    def right(self) -> frozenset[str]:
        return frozenset(option.key for option in self.options if option.correct)


class Category(Frozen, kw_only=True):
    key: str
    text: Words


class SortItem(Frozen, kw_only=True):
    key: str
    text: Words
    category: str
    feedback: Words


class Sort(Frozen, kw_only=True, tag_field="kind", tag="sort"):
    key: str
    stem: Words
    categories: tuple[Category, ...]
    items: tuple[SortItem, ...]
    sources: tuple[str, ...] = ()


Block = Text | Scene | Note | Pause | Figure | Download | Check | Sort


class CaseChoice(Frozen, kw_only=True):
    key: str
    text: Words
    feedback: Words
    to: str


class CaseNode(Frozen, kw_only=True):
    key: str
    html: Words
    choices: tuple[CaseChoice, ...] = ()
    ending: Ending | None = None


class SurveyOption(Frozen, kw_only=True):
    key: str
    text: Words


class SurveyItem(Frozen, kw_only=True):
    key: str
    kind: SurveyKind
    prompt: Words
    low: Words = {}
    high: Words = {}
    options: tuple[SurveyOption, ...] = ()


class BaseStep(Frozen, kw_only=True):
    """`settings` empty: the step belongs to everyone. `minutes` is what an unhurried learner needs."""

    key: str
    section: str
    title: Words
    minutes: int
    settings: tuple[str, ...] = ()


class Lesson(BaseStep, kw_only=True, tag_field="kind", tag="lesson"):
    objective: str = ""
    content_note: Words = {}
    summary: Words
    blocks: tuple[Block, ...]


class Case(BaseStep, kw_only=True, tag_field="kind", tag="case"):
    content_note: Words = {}
    summary: Words
    sources: tuple[str, ...] = ()
    start: str
    nodes: tuple[CaseNode, ...]

    def node(self, key: str) -> CaseNode | None:
        return next((node for node in self.nodes if node.key == key), None)


class Test(BaseStep, kw_only=True, tag_field="kind", tag="test"):
    stage: Stage
    intro: Words


class Survey(BaseStep, kw_only=True, tag_field="kind", tag="survey"):
    intro: Words
    items: tuple[SurveyItem, ...]


Step = Lesson | Case | Test | Survey


class Offer(Frozen, kw_only=True):
    """Credit that can be earned. No professions: everyone; `extra` is a text of several lines."""

    key: str
    type: CreditType
    amount: Decimal | None = None
    professions: tuple[str, ...] = ()
    languages: tuple[str, ...]
    name: Words = {}
    provider: Words
    provider_address: str = ""
    provider_number: str = ""
    activity_number: str = ""
    format: Words = {}
    statement: Words
    extra: Words = {}
    signatory: str = ""
    signatory_role: Words = {}
    starts_on: date
    ends_on: date
    valid_months: int | None = None
    needs_license: bool = False
    needs_nabp: bool = False


class Document(Frozen, kw_only=True):
    schema: int = SCHEMA
    key: str
    locales: tuple[str, ...]
    title: Words
    summary: Words
    description: Words
    audience: Words
    authors: Words
    provider: Words
    credit: Words
    statement: Words
    pass_mark: int
    attempts_allowed: int | None
    released_on: date
    review_on: date
    terminates_on: date
    settings: tuple[Setting, ...]
    objectives: tuple[Objective, ...]
    sections: tuple[Section, ...]
    steps: tuple[Step, ...]
    questions: tuple[Question, ...]
    sources: tuple[Source, ...]
    offers: tuple[Offer, ...] = ()

    def step(self, key: str) -> Step | None:
        return next((step for step in self.steps if step.key == key), None)

    def setting(self, key: str) -> Setting | None:
        return next((setting for setting in self.settings if setting.key == key), None)

    def questions_for(self, form: Form, setting: str) -> tuple[Question, ...]:
        return tuple(
            question
            for question in self.questions
            if question.form == form and (not question.settings or setting in question.settings)
        )

    def cited(self, keys: tuple[str, ...]) -> tuple[Source, ...]:
        return tuple(source for source in self.sources if source.key in keys)


def encode(document: Document) -> bytes:
    """Canonical: the same document always gives the same bytes."""
    return msgspec.json.encode(document, order="sorted")


def decode(data: bytes | str) -> Document:
    return msgspec.json.decode(data, type=Document)


def digest(data: bytes) -> str:
    """SHA-256 of an encoded document, 64 hexadecimal digits."""
    return sha256(data).hexdigest()
