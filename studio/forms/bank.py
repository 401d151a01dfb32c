"""The forms of the question bank: what to show of it, and a new question with its choices."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.choices import LOCALES, LONGEST_TEXT
from courses.columns import Values
from courses.models import Module, Option
from studio.forms.parts import WordsField
from studio.presenting.bank import STATES, Filters
from studio.presenting.columns import name_of
from studio.presenting.labels import FORMS
from studio.wording import COLUMNS, column_name

MOST_OPTIONS = 4
LONGEST_OPTION = Option._meta.get_field("text").max_length
_ALL = pgettext_lazy("filter", "All")


class FilterForm(forms.Form):
    """What nobody could have chosen is not chosen."""

    form = forms.ChoiceField(label=COLUMNS["form"], required=False)
    objective = forms.ChoiceField(label=COLUMNS["objective"], required=False)
    setting = forms.ChoiceField(label=_("Professional setting"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, module: Module, data: Any) -> None:
        super().__init__(data)
        self.fields["form"].choices = [("", _ALL), *FORMS.items()]
        self.fields["objective"].choices = [("", _ALL), *_objectives(module)]
        self.fields["setting"].choices = [("", _ALL), *_settings(module)]
        self.fields["state"].choices = [("", _ALL), *STATES.items()]

    @property
    def filters(self) -> Filters:
        self.is_valid()
        return Filters(**{name: self.cleaned_data.get(name, "") for name in Filters._fields})


def _objectives(module: Module) -> list[tuple[str, str]]:
    return [(row.key, name_of(row, "text")) for row in module.objectives.filter(archived=False)]


def _settings(module: Module) -> list[tuple[str, str]]:
    return [(row.key, name_of(row, "name")) for row in module.settings.filter(archived=False)]


class QuestionForm(forms.Form):
    """The words of one language are enough to begin with; what is missing in the other is named until it is written."""

    use_required_attribute = False

    form = forms.ChoiceField(label=COLUMNS["form"], choices=list(FORMS.items()))
    objective = forms.ChoiceField(label=COLUMNS["objective"])
    settings = forms.MultipleChoiceField(
        label=COLUMNS["settings"],
        help_text=_("Tick none to ask everyone."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    right = forms.ChoiceField(
        label=_("The right answer"),
        choices=[(str(number), str(number)) for number in range(1, MOST_OPTIONS + 1)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say which answer is right.")},
    )

    def __init__(self, module: Module, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["objective"].choices = _objectives(module)
        self.fields["settings"].choices = _settings(module)
        for locale in LOCALES:
            stem = column_name(f"stem_{locale}")
            self.fields[f"stem_{locale}"] = _words(stem, locale, LONGEST_TEXT, forms.Textarea(attrs={"rows": 3}))
            for number in range(1, MOST_OPTIONS + 1):
                label = _ANSWER[locale] % {"number": number}
                self.fields[_option(number, locale)] = _words(label, locale, LONGEST_OPTION, forms.TextInput())

    def clean(self) -> None:
        typed = self.cleaned_data
        if not any(typed.get(f"stem_{locale}") for locale in LOCALES):
            self.add_error("stem_en", _("Write the question in at least one language."))
        if len(self._written()) < 2:
            self.add_error(_option(1, "en"), _("Write at least two answers."))
        elif typed.get("right") and int(typed["right"]) not in self._written():
            self.add_error("right", _("The answer marked as right is empty."))

    def _written(self) -> list[int]:
        return [
            number
            for number in range(1, MOST_OPTIONS + 1)
            if any(self.cleaned_data.get(_option(number, locale)) for locale in LOCALES)
        ]

    @property
    def values(self) -> Values:
        names = ("form", "objective", "settings", *(f"stem_{locale}" for locale in LOCALES))
        return {name: self.cleaned_data[name] for name in names}

    @property
    def options(self) -> list[Values]:
        """Those that are written, in order."""
        return [
            {"correct": str(number) == self.cleaned_data["right"]}
            | {f"text_{locale}": self.cleaned_data[_option(number, locale)] for locale in LOCALES}
            for number in self._written()
        ]

    @property
    def stems(self) -> list[forms.BoundField]:
        return [self[f"stem_{locale}"] for locale in LOCALES]

    @property
    def answers(self) -> list[list[forms.BoundField]]:
        """An answer in each language."""
        return [[self[_option(number, locale)] for locale in LOCALES] for number in range(1, MOST_OPTIONS + 1)]


_ANSWER = {"en": _("Answer %(number)d (English)"), "es": _("Answer %(number)d (Spanish)")}


def _option(number: int, locale: str) -> str:
    return f"option_{number}_{locale}"


def _words(label: Any, locale: str, longest: int, widget: forms.Widget) -> WordsField:
    widget.attrs |= {"lang": locale, "spellcheck": "true"}
    return WordsField(label=label, required=False, max_length=longest, widget=widget)
