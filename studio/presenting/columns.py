"""A form field for each column of a part that holds no words: what it may be is restricted to this module's draft."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django import forms
from django.core.validators import URLValidator
from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models import CaseChoice, Module, Option, Question, Step, SurveyItem
from courses.registry import profession_choices
from studio.presenting.labels import BLOCK_KINDS, CHOICES, SURVEY_KINDS
from studio.presenting.naming import named
from studio.presenting.shapes import KINDS_OF_TEXT
from studio.presenting.surroundings import Choices, Surroundings
from studio.wording import COLUMNS

NOTHING = pgettext_lazy("nothing chosen", "None")
MOST = 32_767  # what a small number column holds
LEAST_AMOUNT = Decimal("0.01")


def column_field(row: models.Model, name: str, around: Surroundings) -> forms.Field:
    field = row._meta.get_field(name)
    label = COLUMNS[name]
    if field.many_to_many or isinstance(field, models.JSONField):
        return _several(label, _choices(row, name, around))
    if field.is_relation or name == "start":
        needed = name == "to" or (name == "objective" and isinstance(row, Question) and row.block_id is None)
        empty = [] if needed and getattr(row, name) else [("", NOTHING)]
        return forms.ChoiceField(label=label, choices=[*empty, *_choices(row, name, around)], required=needed)
    if listed := _listed(row, name):
        return forms.ChoiceField(label=label, choices=list(listed.items()), required="" not in listed)
    return _plain(field, label)


def _plain(field: models.Field, label) -> forms.Field:
    match field:
        case models.BooleanField():
            return forms.BooleanField(label=label, required=False)
        case models.DateField():
            widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
            return forms.DateField(label=label, widget=widget, input_formats=["%Y-%m-%d"])
        case models.URLField():
            # Leading to nothing but pages: no script in an address.
            pages = [URLValidator(schemes=["https", "http"])]
            return forms.CharField(label=label, required=False, max_length=field.max_length, validators=pages)
        case models.IntegerField():
            most = 100 if field.name == "pass_mark" else MOST
            least = 0 if field.name == "pass_mark" else 1
            return forms.IntegerField(label=label, required=not field.null, min_value=least, max_value=most)
        case models.DecimalField():
            size = {"max_digits": field.max_digits, "decimal_places": field.decimal_places}
            return forms.DecimalField(label=label, required=not field.null, min_value=LEAST_AMOUNT, **size)
    return forms.CharField(label=label, required=not field.blank, max_length=field.max_length)


def _several(label, choices: Choices) -> forms.Field:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple()
    )


def _listed(row: models.Model, name: str) -> Mapping | None:
    if name != "kind":
        return CHOICES.get(name)
    return SURVEY_KINDS if isinstance(row, SurveyItem) else {kind: BLOCK_KINDS[kind] for kind in KINDS_OF_TEXT}


def _choices(row: models.Model, name: str, around: Surroundings) -> Choices:
    if name in CHOICES:
        return list(CHOICES[name].items())
    if name == "professions":
        known = profession_choices()
        return [*known, *((key, key) for key in row.professions if key not in dict(known))]
    if name == "settings":
        return _live(around.all_settings if isinstance(row, Module) else around.settings, "name", _chosen(row, name))
    if name == "objective":
        return _live(around.objectives, "text", {row.objective and row.objective.key})
    if name == "sources":
        return _live(around.sources, "citation", _chosen(row, name))
    if name == "category" and isinstance(row, Option):
        return _live(around.categories[row.question_id], "text", {row.category and row.category.key})
    if name == "start" and isinstance(row, Step):
        return _live(around.nodes[row.pk], "body", {row.start})
    if name == "to" and isinstance(row, CaseChoice):
        return _live(around.nodes[row.node.step_id], "body", {row.to.key})
    raise LookupError(name)


def _chosen(row: models.Model, name: str) -> set[str]:
    return {other.key for other in getattr(row, name).all()}


def _live(rows: Iterable, text: str, chosen: set) -> Choices:
    """Archived ones only where they are chosen already: saving a form must not take one away unasked."""
    return [(row.key, name_of(row, text)) for row in rows if not row.archived or row.key in chosen]


LONGEST_NAME = 120


def name_of(row: models.Model, text: str) -> str:
    """Short enough for a list to pick from; what is archived says so."""
    name = Truncator(" ".join(str(named(row, text)).replace("*", "").split())).chars(LONGEST_NAME)
    return str(_("%(name)s (archived)") % {"name": name}) if row.archived else name
