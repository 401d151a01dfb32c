import calendar

from django import forms
from django.core.validators import MaxLengthValidator, RegexValidator
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import Profession, State
from certificates.choices import PAPERS
from certificates.document import License
from certificates.fields import LicenseNumberField, PrintedNameField
from certificates.models import NABP_ID
from certificates.services.issuing import Held
from courses.document import Offer
from support.languages import TURNING

LONGEST_REASON = 1000
LEAP_YEAR = 2024


class ProfessionForm(forms.Form):
    profession = forms.ChoiceField(
        label=_("Your profession"), choices=[("", _("Choose a profession")), *Profession.choices], required=False
    )


class LicenseForm(forms.Form):
    license_number = LicenseNumberField(
        label=_("License number"),
        help_text=_("Boards ask for it: it is printed on your certificate. Whoever checks the code does not see it."),
        error_messages={"required": _("Enter the number of your license.")},
    )
    license_state = forms.ChoiceField(
        label=_("State or territory that gave the license"),
        choices=[("", _("Choose a state or territory")), *State.choices],
        error_messages={
            "required": _("Choose the state or territory of your license."),
            "invalid_choice": _("Choose the state or territory of your license."),
        },
    )

    @property
    def license(self) -> License:
        return License(
            number=self.cleaned_data.get("license_number", ""), state=self.cleaned_data.get("license_state", "")
        )


class ClaimForm(LicenseForm):
    """Asks for what the offer needs, and no more. `locales` are those of the edition."""

    printed_name = PrintedNameField(
        label=_("Name on your certificate"), help_text=_("As on your license: it is printed exactly as you write it.")
    )
    nabp_id = forms.CharField(
        label=_("NABP e-Profile ID"),
        max_length=20,
        validators=[NABP_ID],
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "maxlength": None}),
        error_messages={
            "required": _("Enter your NABP e-Profile ID."),
            "invalid": _("An NABP e-Profile ID is a number of 4 to 10 digits."),
            "max_length": _("An NABP e-Profile ID is a number of 4 to 10 digits."),
        },
    )
    birth_month = forms.ChoiceField(
        label=_("Month of your birthday"),
        choices=[("", _("Choose a month")), *((f"{number:02}", name) for number, name in MONTHS.items())],
        error_messages={"required": _("Choose the month of your birthday.")},
    )
    birth_day = forms.ChoiceField(
        label=_("Day of your birthday"),
        choices=[("", _("Choose a day")), *((f"{day:02}", str(day)) for day in range(1, 32))],
        error_messages={"required": _("Choose the day of your birthday.")},
    )
    paper = forms.ChoiceField(
        label=_("Language of the certificate"),
        help_text=_("You can have it in the others as well, later."),
        choices=PAPERS,
        required=False,
        widget=forms.RadioSelect,
    )

    field_order = ["printed_name", "license_number", "license_state", "nabp_id", "birth_month", "birth_day", "paper"]

    def __init__(self, *args, offer: Offer, locales: tuple[str, ...], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in self._unasked(offer, locales):
            del self.fields[name]

    def _unasked(self, offer: Offer, locales: tuple[str, ...]) -> list[str]:
        unasked = [] if offer.needs_license else ["license_number", "license_state"]
        unasked += [] if offer.needs_nabp else ["nabp_id", "birth_month", "birth_day"]
        return unasked + ([] if len(locales) > 1 else ["paper"])

    def clean(self) -> dict:
        told = super().clean()
        month, day = told.get("birth_month"), told.get("birth_day")
        if month and day and int(day) > calendar.monthrange(LEAP_YEAR, int(month))[1]:
            self.add_error("birth_day", _("This month has no such day."))
        return told

    def held(self, profession: str) -> Held:
        told = self.cleaned_data
        birthday = told.get("birth_month", "") + told.get("birth_day", "")
        return Held(profession, self.license, told.get("nabp_id", ""), birthday)


class ReasonField(forms.CharField):
    """Without `maxlength`: the browser would cut what was pasted without a word."""

    widget = forms.Textarea(attrs={"rows": 4})
    default_validators = [
        MaxLengthValidator(
            LONGEST_REASON,
            _("This has %(show_value)d characters; there is room for %(limit_value)d. Please shorten it."),
        ),
        RegexValidator(
            TURNING,
            _("This holds characters that cannot be seen, perhaps from pasting. Please type it."),
            inverse_match=True,
        ),
    ]


class CorrectionForm(LicenseForm):
    """The license only where the certificate has one."""

    printed_name = PrintedNameField(
        label=_("Your name, as it should stand"),
        help_text=_("As on your license: it is printed exactly as you write it."),
    )
    reason = ReasonField(
        label=_("What is wrong, and how it happened"),
        help_text=_("Only the people who decide read this."),
        error_messages={"required": _("Say what is wrong.")},
    )

    field_order = ["printed_name", "license_number", "license_state", "reason"]

    def __init__(self, *args, held: License, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if held == License():
            del self.fields["license_number"], self.fields["license_state"]


class CodeForm(forms.Form):
    code = forms.CharField(
        label=pgettext_lazy("certificate", "Verification code"),
        help_text=_("It stands on the certificate, below the dates. Capitals, spaces and dashes do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Enter the code.")},
    )
