"""What people type for a certificate, refused in words where it cannot be printed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates import licenses, names
from certificates.licenses import LicenseRefused
from certificates.names import NameRefused

NAME_PROBLEMS = {
    names.Problem.SHORT: _("Enter your name as it should be printed on your certificate."),
    names.Problem.LONG: _(
        "This name has %(length)d characters; a certificate has room for %(longest)d. Please shorten it."
    ),
    names.Problem.INVISIBLE: _("This name holds characters that cannot be seen, perhaps from pasting. Please type it."),
    names.Problem.NO_LETTER: _("Enter a name with letters."),
    names.Problem.UNPRINTABLE: _(
        "We cannot print these characters of the name: %(letters)s. Please write it without them."
    ),
}
LICENSE_PROBLEMS = {
    licenses.Problem.LONG: _("This license number has %(length)d characters; there is room for %(longest)d."),
    licenses.Problem.LETTERS: _(
        "This license number holds other characters than A to Z, digits and signs, perhaps unseen ones from pasting. "
        "Please type it."
    ),
}


class PrintedNameField(forms.CharField):
    """Without `maxlength`: the browser would cut a pasted name without a word."""

    widget = forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"})
    default_error_messages = {"required": NAME_PROBLEMS[names.Problem.SHORT]}

    def clean(self, value: Any) -> str:
        name = super().clean(value)
        try:
            return names.accepted(name)
        except NameRefused as refusal:
            about = {"length": len(names.tidy(name)), "longest": names.LONGEST, "letters": " ".join(refusal.letters)}
            raise _refused(NAME_PROBLEMS, refusal.problem, about) from refusal


class LicenseNumberField(forms.CharField):
    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})

    def clean(self, value: Any) -> str:
        number = super().clean(value)
        try:
            return licenses.accepted(number)
        except LicenseRefused as refusal:
            about = {"length": len(licenses.tidy(number)), "longest": licenses.LONGEST}
            raise _refused(LICENSE_PROBLEMS, refusal.problem, about) from refusal


def _refused(problems: dict, problem: str, about: dict) -> forms.ValidationError:
    return forms.ValidationError(problems[problem], code=problem, params=about)
