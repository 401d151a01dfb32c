"""The forms of the modules' list and of the outline; those of single parts are in studio/forms/parts.py."""

import json
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.choices import Stage, StepKind
from courses.models import Module, Section, Setting, Step
from courses.services.matrix import Wanted
from studio.forms.fields import UncutField
from studio.presenting.naming import ROLES, named

ROLES_OF_ONE = {"pre", "post", "survey"}


class TitleField(UncutField):
    def __init__(self, label: Promise, locale: str, longest: int) -> None:
        message = _("A title may have %(limit_value)d characters; this one has %(show_value)d.")
        widget = forms.TextInput({"lang": locale, "autocomplete": "off"})
        messages = {"max_length": message}
        super().__init__(label=label, required=False, max_length=longest, widget=widget, error_messages=messages)


class TitledForm(forms.Form):
    """Titles in both languages, of which one is enough to begin with."""

    longest = Step._meta.get_field("title").max_length

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = {
            "title_en": TitleField(_("Title in English"), "en", self.longest),
            "title_es": TitleField(_("Title in Spanish"), "es", self.longest),
        }
        self.fields = {**titles, **self.fields}

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not self.errors and not (values["title_en"] or values["title_es"]):
            self.add_error("title_en", _("Enter a title in at least one language."))
        return values

    @property
    def titles(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("title_en", "title_es")}


class ModuleForm(TitledForm):
    longest = Module._meta.get_field("title").max_length

    settings = forms.MultipleChoiceField(
        label=_("Professional settings it is for"),
        help_text=_("You can change them later."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one professional setting.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["settings"].choices = [(row.key, str(named(row, "name"))) for row in Setting.live.all()]


class SectionForm(TitledForm):
    longest = Section._meta.get_field("title").max_length


class StepForm(TitledForm):
    """`roles` are those a step may still take: a module has one of each test and one survey."""

    role = forms.ChoiceField(label=_("Kind of step"))
    minutes = forms.IntegerField(
        label=_("Minutes an unhurried learner needs"),
        min_value=1,
        max_value=600,
        initial=5,
        error_messages={
            "required": _("Enter a number of minutes."),
            "invalid": _("Enter the minutes as a whole number."),
            "min_value": _("Enter at least one minute."),
            "max_value": _("Enter at most %(limit_value)d minutes."),
        },
    )

    def __init__(self, *args: Any, roles: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"role": self.fields.pop("role"), **self.fields}
        self.fields["role"].choices = [(role, ROLES[role]) for role in roles]

    @property
    def fixed(self) -> dict[str, Any]:
        """What a step is born with."""
        role = self.cleaned_data["role"]
        stage = role if role in set(Stage) else ""
        return {"kind": StepKind.TEST if stage else role, "stage": stage, "minutes": self.cleaned_data["minutes"]}


def free_roles(taken: Iterable[str]) -> list[str]:
    gone = ROLES_OF_ONE & set(taken)
    return [role for role in ROLES if role not in gone]


class PlaceForm(forms.Form):
    """To which place, counted from 1; and for a step, in which section."""

    to = forms.IntegerField(min_value=1, max_value=100_000)
    section = forms.ModelChoiceField(queryset=Section.objects.none(), required=False)

    def __init__(self, *args: Any, module: Module, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = Section.live.filter(module=module)


class MatrixForm(forms.Form):
    """Which settings are ticked for which steps. `shown` holds what the author was shown: row → [stamp, settings]."""

    shown = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, columns: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = list(columns)

    def clean_shown(self) -> dict[int, tuple[str, list[str]]]:
        try:
            rows = json.loads(self.cleaned_data["shown"])
            return {int(row): (str(base), list(map(str, keys))) for row, (base, keys) in rows.items()}
        except (AttributeError, TypeError, ValueError, RecursionError) as error:
            raise ValidationError(_("The table could not be read. Please load the page again.")) from error

    def ticked(self, row: int) -> list[str]:
        return [key for key in self.columns if key in self.data.getlist(f"settings-{row}")]

    @property
    def wanted(self) -> dict[int, Wanted]:
        """The steps that the author changed."""
        shown = self.cleaned_data["shown"]
        wishes = {row: Wanted(self.ticked(row), base) for row, (base, _keys) in shown.items()}
        return {row: wish for row, wish in wishes.items() if set(wish.settings) != set(shown[row][1])}
