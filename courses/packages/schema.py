"""What the YAML files of a content package may hold (docs/content-packages.md). Pure."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from courses.choices import LONGEST_TEXT, Accent, BlockKind, CreditType, Ending, Form, SignOffKind, Stage, SurveyKind
from courses.document import Frozen
from courses.packages.expected import FORM
from courses.packages.problems import gettext_noop as _
from courses.packages.reader import Longest

_KEY_FORM = {FORM: _("“%(name)s” must be a key: small letters from a to z and digits, joined by hyphens.")}
_ADDRESS_FORM = {FORM: _("“%(name)s” must be a web address without spaces that begins with http:// or https://.")}
_DIGEST_FORM = {FORM: _("“%(name)s” must be 16 digits from 0 to 9 and a to f.")}
_AMOUNT_FORM = {
    FORM: _('“%(name)s” must be a number above 0 with two decimal places, in quotation marks, written as "1.25".')
}
_KEY = r"^[a-z0-9]+(-[a-z0-9]+)*\Z"
Key = Annotated[str, Meta(pattern=_KEY, max_length=80, extra=_KEY_FORM)]
Icon = Annotated[str, Meta(pattern=_KEY, max_length=40, extra=_KEY_FORM)]
WebAddress = Annotated[str, Meta(pattern=r"^(https?://\S+)?\Z", max_length=500, extra=_ADDRESS_FORM)]
Minutes = Annotated[int, Meta(ge=1, le=600)]
Locale = Literal["en", "es"]
# One form for each number, so that a package is written in one way.
Amount = Annotated[str, Meta(pattern=r"^(?!0\.00)(0|[1-9][0-9]{0,2})\.[0-9]{2}\Z", extra=_AMOUNT_FORM)]
Months = Annotated[int, Meta(ge=1, le=600)]
Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{16}\Z", extra=_DIGEST_FORM)]


class Words(Frozen, kw_only=True):
    """A text in both languages; both are asked for, so that neither can be forgotten. One not yet written is empty."""

    en: str
    es: str


Text = Annotated[Words, Longest(LONGEST_TEXT)]


class Setting(Frozen, kw_only=True):
    key: Key
    icon: Icon
    name: Annotated[Words, Longest(120)]
    places: Annotated[Words, Longest(240)]


class SettingsFile(Frozen, kw_only=True):
    settings: list[Setting]


class Term(Frozen, kw_only=True):
    """An approved term; `avoid` are words not to use for it, separated by commas."""

    key: Key
    name: Annotated[Words, Longest(120)]
    avoid: Annotated[Words, Longest(300)] | None = None
    note: Annotated[str, Meta(max_length=300)] = ""


class GlossaryFile(Frozen, kw_only=True):
    terms: list[Term]


class Source(Frozen, kw_only=True):
    key: Key
    citation: Annotated[Words, Longest(600)]
    url: WebAddress = ""
    checked_on: date


class SourcesFile(Frozen, kw_only=True):
    sources: list[Source]


class Objective(Frozen, kw_only=True):
    """One that is `archived` only travels because a question still names it."""

    key: Key
    archived: bool = False
    text: Annotated[Words, Longest(300)]


class Offer(Frozen, kw_only=True):
    """Credit that can be earned; without professions, by everyone."""

    key: Key
    type: CreditType
    amount: Amount | None = None
    professions: list[Key] = []
    languages: list[Locale]
    name: Annotated[Words, Longest(160)]
    provider: Annotated[Words, Longest(200)]
    provider_address: Annotated[str, Meta(max_length=300)] = ""
    provider_number: Annotated[str, Meta(max_length=80)] = ""
    activity_number: Annotated[str, Meta(max_length=80)] = ""
    format: Annotated[Words, Longest(120)]
    statement: Annotated[Words, Longest(500)]
    extra: Annotated[Words, Longest(300)] | None = None
    signatory: Annotated[str, Meta(max_length=120)] = ""
    signatory_role: Annotated[Words, Longest(160)] | None = None
    starts_on: date
    ends_on: date
    valid_months: Months | None = None
    needs_license: bool = False
    needs_nabp: bool = False


class Section(Frozen, kw_only=True):
    key: Key
    accent: Accent
    title: Annotated[Words, Longest(120)]
    steps: list[Key]


class Test(Frozen, kw_only=True):
    key: Key
    stage: Stage
    minutes: Minutes
    title: Annotated[Words, Longest(200)]
    intro: Text


class ModuleFile(Frozen, kw_only=True):
    key: Key
    source_locale: Locale = "en"
    title: Annotated[Words, Longest(200)]
    summary: Annotated[Words, Longest(500)]
    description: Text
    audience: Annotated[Words, Longest(500)]
    authors: Annotated[Words, Longest(500)]
    provider: Annotated[Words, Longest(200)]
    credit: Annotated[Words, Longest(300)]
    statement: Annotated[Words, Longest(500)]
    sign_offs: list[SignOffKind] = []
    pass_mark: Annotated[int, Meta(ge=0, le=100)]
    attempts_allowed: Annotated[int, Meta(ge=1, le=30_000)] | None
    released_on: date
    review_on: date
    terminates_on: date
    settings: list[Key]
    objectives: list[Objective]
    offers: list[Offer] = []
    sections: list[Section]
    tests: list[Test]


class Option(Frozen, kw_only=True):
    key: Key
    text: Annotated[Words, Longest(400)]
    correct: bool = False
    feedback: Text | None = None


class Category(Frozen, kw_only=True):
    key: Key
    text: Annotated[Words, Longest(200)]


class SortItem(Frozen, kw_only=True):
    key: Key
    text: Annotated[Words, Longest(400)]
    category: Key | None = None
    feedback: Text | None = None


class Block(Frozen, kw_only=True):
    """One shape for every kind; publishing says what a kind is missing."""

    key: Key
    kind: BlockKind
    heading: Annotated[Words, Longest(200)] | None = None
    body: Text | None = None
    image: Words | None = None
    file: Words | None = None
    alt: Text | None = None
    caption: Annotated[Words, Longest(300)] | None = None
    credit: Annotated[Words, Longest(200)] | None = None
    stem: Text | None = None
    multiple: bool = False
    options: list[Option] = []
    categories: list[Category] = []
    items: list[SortItem] = []
    sources: list[Key] = []


class LessonFile(Frozen, kw_only=True):
    key: Key
    title: Annotated[Words, Longest(200)]
    settings: list[Key] = []
    objective: Key | None = None
    minutes: Minutes
    content_note: Text | None = None
    summary: Text
    blocks: list[Block]


class Choice(Frozen, kw_only=True):
    key: Key
    to: Key
    text: Annotated[Words, Longest(400)]
    feedback: Text


class Node(Frozen, kw_only=True):
    """One that is `archived` only travels because a choice still leads to it."""

    key: Key
    archived: bool = False
    body: Text
    choices: list[Choice] = []
    ending: Ending | None = None


class CaseFile(Frozen, kw_only=True):
    key: Key
    title: Annotated[Words, Longest(200)]
    settings: list[Key] = []
    minutes: Minutes
    content_note: Text | None = None
    summary: Text
    sources: list[Key] = []
    start: Key | None = None
    nodes: list[Node]


class Question(Frozen, kw_only=True):
    key: Key
    form: Form
    objective: Key
    settings: list[Key] = []
    multiple: bool = False
    sources: list[Key] = []
    stem: Text
    options: list[Option]
    explanation: Text


class BankFile(Frozen, kw_only=True):
    questions: list[Question]


class SurveyOption(Frozen, kw_only=True):
    key: Key
    text: Annotated[Words, Longest(200)]


class SurveyItem(Frozen, kw_only=True):
    key: Key
    kind: SurveyKind
    prompt: Annotated[Words, Longest(400)]
    low: Annotated[Words, Longest(80)] | None = None
    high: Annotated[Words, Longest(80)] | None = None
    options: list[SurveyOption] = []


class SurveyFile(Frozen, kw_only=True):
    key: Key
    minutes: Minutes
    title: Annotated[Words, Longest(200)]
    intro: Text
    items: list[SurveyItem]


class Translation(Frozen, kw_only=True):
    """What is remembered of a translation beyond what its words show.

    It holds only for the pair of texts whose digest is `pair` (courses/freshness.py, its first 16 digits): whoever
    writes one of the two in a text file has no need to write here. `made_from` is the source a stale translation was
    made from, and then the first of the pair.
    """

    text: Annotated[str, Meta(max_length=400)]  # part, keys from the outside in, field: block/myths/intro/body
    source: Locale | None = None  # where it is not the module's
    made_from: str | None = None
    reviewed: bool = False
    pair: Digest


class TranslationsFile(Frozen, kw_only=True):
    translations: list[Translation]
