from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certificates import names
from certificates.names import NameRefused, Problem

PROBLEMS = {
    Problem.SHORT: _("Enter your name as it should be printed on your certificate."),
    Problem.LONG: _("This name has %(length)d characters; a certificate has room for %(longest)d. Please shorten it."),
    Problem.INVISIBLE: _("This name holds characters that cannot be seen, perhaps from pasting. Please type it."),
    Problem.NO_LETTER: _("Enter a name with letters."),
    Problem.UNPRINTABLE: _("We cannot print these characters of the name: %(letters)s. Please write it without them."),
}


class NameForm(forms.Form):
    printed_name = forms.CharField(
        label=_("Name on your certificate"),
        help_text=_("As on your license: it is printed exactly as you write it."),
        # With maxlength the browser would cut a pasted name without a word.
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
        error_messages={"required": PROBLEMS[Problem.SHORT]},
    )

    def clean_printed_name(self) -> str:
        name = self.cleaned_data["printed_name"]
        try:
            return names.accepted(name)
        except NameRefused as refusal:
            about = {"length": len(names.tidy(name)), "longest": names.LONGEST, "letters": " ".join(refusal.letters)}
            raise forms.ValidationError(PROBLEMS[refusal.problem], code=refusal.problem, params=about) from refusal


class CodeForm(forms.Form):
    code = forms.CharField(
        label=pgettext_lazy("certificate", "Verification code"),
        help_text=_("It stands on the certificate, below the dates. Capitals, spaces and dashes do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
