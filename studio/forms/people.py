from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import Role
from accounts.models import User
from studio.wording import LANGUAGES


class RoleForm(forms.Form):
    use_required_attribute = False
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Of somebody who has signed in here at least once."),
        max_length=User._meta.get_field("email").max_length,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter an e-mail address."),
            "invalid": _("Enter a complete e-mail address, such as name@example.org."),
            "max_length": _("This e-mail address is too long. Please check it."),
        },
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[("", _("Choose a role")), *Role.choices],
        error_messages={"required": _("Choose a role."), "invalid_choice": _("Choose a role.")},
    )
    scope = forms.ChoiceField(
        label=_("Language that a translator writes"),
        help_text=_("Only for translators: they write the words of this language and change nothing else."),
        choices=[("", pgettext_lazy("language", "None")), *LANGUAGES.items()],
        required=False,
    )

    def clean(self) -> dict:
        role, scope = self.cleaned_data.get("role"), self.cleaned_data.get("scope")
        if role == Role.TRANSLATOR and not scope:
            self.add_error("scope", _("Choose the language that this translator writes."))
        elif role and role != Role.TRANSLATOR and scope:
            self.add_error("scope", _("Only a translator's role is for one language. Choose none here."))
        return self.cleaned_data
