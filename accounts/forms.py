import unicodedata

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import Profession, State
from accounts.models import Profile, User
from accounts.registry import setting_choices
from support.languages import TURNING

NAME_LENGTH = Profile._meta.get_field("printed_name").max_length
# Even with decomposed letters a name is shorter. Putting a million accents in order would take a quarter of an hour.
LONGEST_TYPED = 10 * NAME_LENGTH


class EmailForm(forms.Form):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=User._meta.get_field("email").max_length,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your e-mail address."),
            "invalid": _("Enter a complete e-mail address, such as name@example.org."),
            "max_length": _("This e-mail address is too long. Please check it."),
        },
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code from the e-mail"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={
            "required": _("Enter the code from the e-mail."),
            "max_length": _("That is longer than a code. Enter only the six letters."),
        },
    )


class NameField(forms.CharField):
    """A name as it will be printed: on one line, in one spelling of each letter, and never cut off unnoticed."""

    default_error_messages = {
        "required": _("Enter your name as it should be printed on your certificate."),
        "max_length": _(
            "This name has %(show_value)d characters; a certificate has room for %(limit_value)d. Please shorten it."
        ),
    }
    default_validators = [
        RegexValidator(r"[^\W\d_]", _("Enter a name with letters.")),
        RegexValidator(
            TURNING,
            _("This name holds characters that cannot be seen, perhaps from pasting. Please type it."),
            inverse_match=True,
        ),
    ]

    def __init__(self, **kwargs) -> None:
        super().__init__(max_length=NAME_LENGTH, **kwargs)

    def to_python(self, value: str | None) -> str:
        typed = super().to_python(value)
        if len(typed) > LONGEST_TYPED:
            return typed
        return " ".join(unicodedata.normalize("NFC", typed).split())

    def widget_attrs(self, widget: forms.Widget) -> dict:
        # With maxlength the browser would cut a pasted name without a word.
        return {key: value for key, value in super().widget_attrs(widget).items() if key != "maxlength"}


class CloseForm(forms.Form):
    """What cannot be taken back is asked for in so many letters. `address` is the one to type."""

    email = forms.CharField(
        label=_("Type your e-mail address to confirm"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Type your e-mail address.")},
    )

    def __init__(self, *args, address: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.address = address

    def clean_email(self) -> str:
        if self.cleaned_data["email"].lower() != self.address:
            raise forms.ValidationError(_("This is not the address of this account. Please check it."))
        return self.address


class ProfileForm(forms.Form):
    printed_name = NameField(
        label=_("Name on your certificate"),
        help_text=_("As on your license: it is printed exactly as you write it."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    profession = forms.ChoiceField(
        label=_("Profession"), required=False, choices=[("", _("Choose a profession")), *Profession.choices]
    )
    state = forms.ChoiceField(
        label=_("State or territory where you work"),
        required=False,
        choices=[("", _("Choose a state or territory")), *State.choices],
    )
    setting = forms.ChoiceField(
        label=_("Professional setting"),
        help_text=_("Proposed when you begin a module; each module you have begun keeps its own."),
        required=False,
        choices=lambda: [("", _("Choose a setting")), *setting_choices()],
    )
    language = forms.ChoiceField(
        label=pgettext_lazy("profile", "Language"),
        help_text=_("For this site and for the e-mails we send you."),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
    )
