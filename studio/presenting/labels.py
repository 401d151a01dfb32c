"""The closed lists of courses/choices.py in words, as an author picks from them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.choices import Accent, BlockKind, Ending, Form, SignOffKind, StepKind, SurveyKind
from courses.credit_words import NAMES as CREDITS
from courses.freshness import State
from studio.wording import LANGUAGES

BLOCK_KINDS: dict[str, Promise] = {
    BlockKind.TEXT: pgettext_lazy("kind of block", "Text"),
    BlockKind.SCENE: pgettext_lazy("kind of block", "Scene"),
    BlockKind.NOTE: pgettext_lazy("kind of block", "Note"),
    BlockKind.FIGURE: pgettext_lazy("kind of block", "Picture"),
    BlockKind.PAUSE: pgettext_lazy("kind of block", "Pause"),
    BlockKind.CHECK: pgettext_lazy("kind of block", "Check"),
    BlockKind.SORT: pgettext_lazy("kind of block", "Sorting exercise"),
    BlockKind.DOWNLOAD: pgettext_lazy("kind of block", "Download"),
}
STEP_KINDS: dict[str, Promise] = {
    StepKind.LESSON: _("Lesson"),
    StepKind.CASE: _("Practice case"),
    StepKind.TEST: _("Test"),
    StepKind.SURVEY: _("Survey"),
}
STATES: dict[str, Promise] = {
    State.MISSING: pgettext_lazy("state of a translation", "Missing"),
    State.STALE: pgettext_lazy("state of a translation", "Stale"),
    State.NEEDS_REVIEW: pgettext_lazy("state of a translation", "Needs review"),
    State.REVIEWED: pgettext_lazy("state of a translation", "Reviewed"),
}
ENDINGS: dict[str, Promise] = {
    "": _("It goes on with choices"),
    Ending.STRONG: _("A strong ending"),
    Ending.MIXED: _("A mixed ending"),
}
SURVEY_KINDS: dict[str, Promise] = {
    SurveyKind.SCALE: _("A scale from 1 to 5"),
    SurveyKind.CHOICE: _("One of several answers"),
    SurveyKind.TEXT: _("An answer in their own words"),
}
ACCENTS: dict[str, Promise] = {
    Accent.NEUTRAL: pgettext_lazy("quarter of the mark", "None"),
    Accent.STOP: pgettext_lazy("quarter of the mark", "Stop"),
    Accent.OBSERVE: pgettext_lazy("quarter of the mark", "Observe"),
    Accent.ASK: pgettext_lazy("quarter of the mark", "Ask"),
    Accent.RESPOND: pgettext_lazy("quarter of the mark", "Respond"),
}
SIGN_OFFS: dict[str, Promise] = {
    SignOffKind.SUBJECT_EXPERT: _("Subject expert"),
    SignOffKind.SURVIVOR_CONSULTANT: _("Survivor consultant"),
    SignOffKind.SPANISH_EDITOR: _("Spanish editor"),
    SignOffKind.ACCESSIBILITY: _("Accessibility reviewer"),
}
ICONS: dict[str, Promise] = {
    "stethoscope": _("Stethoscope"),
    "conversation": _("Conversation"),
    "inspection": _("Inspection"),
    "home-heart": _("House with a heart"),
    "school": _("School"),
    "people": _("People"),
}
FORMS: dict[str, str] = {Form.A: "A", Form.B: "B"}

# Column → what it may hold. A column called `kind` is a block's or a survey question's.
CHOICES: dict[str, dict] = {
    "source_locale": LANGUAGES,
    "languages": LANGUAGES,
    "type": CREDITS,
    "sign_offs": SIGN_OFFS,
    "icon": ICONS,
    "accent": ACCENTS,
    "form": FORMS,
    "ending": ENDINGS,
}
