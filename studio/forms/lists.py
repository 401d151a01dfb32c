"""The form that begins a new entry of a plain list: its name in both languages, one of them at least."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from courses.choices import LOCALES
from courses.freshness import tidy
from courses.parts import Part
from studio.wording import column_name

# The text that names an entry; its key is made from it.
NAMES = {"objective": "text", "offer": "name", "source": "citation", "setting": "name", "term": "name"}


class NewEntry(forms.Form):
    def __init__(self, part: Part, *args, **kwargs) -> None:
        super().__init__(*args, prefix=f"new-{part.name}", **kwargs)
        self.part = part
        for locale in LOCALES:
            column = f"{NAMES[part.name]}_{locale}"
            longest = part.model._meta.get_field(column).max_length
            widget = forms.TextInput(attrs={"lang": locale})
            self.fields[column] = forms.CharField(
                label=column_name(column), max_length=longest, required=False, widget=widget
            )

    def clean(self) -> dict:
        if not self.errors and not any(map(tidy, self.cleaned_data.values())):
            raise ValidationError(_("Write it in one language at least."))
        return self.cleaned_data

    @property
    def name(self) -> str:
        return next(value for value in self.cleaned_data.values() if value)
