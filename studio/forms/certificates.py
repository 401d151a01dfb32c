"""Correcting, revoking and reissuing certificates."""

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import State
from certificates.choices import ReissueKind, RevocationCategory
from certificates.document import License
from certificates.fields import LicenseNumberField, PrintedNameField
from certificates.models import Certificate, CorrectionRequest, Reissue
from courses.models import Module, Release
from studio.forms.fields import UncutField
from studio.forms.learners import SearchForm

# The note of a revocation has no limit of its own.
NOTE_LENGTH = 2000


def _written(label: Promise, *, longest: int, missing: Promise, rows: int = 3, **fields) -> UncutField:
    return UncutField(
        label=label,
        max_length=longest,
        widget=forms.Textarea({"rows": rows}),
        error_messages={"required": missing},
        **fields,
    )


class FindForm(SearchForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Certificate code, printed name or e-mail address")


class CorrectForm(forms.Form):
    """The license is asked for only where the certificate names one."""

    use_required_attribute = False
    printed_name = PrintedNameField(
        label=_("Name on the certificate"), help_text=_("It is printed exactly as you write it.")
    )
    license_number = LicenseNumberField(
        label=_("License number"), error_messages={"required": _("Write the license number.")}
    )
    license_state = forms.ChoiceField(
        label=_("State of the license"),
        choices=[("", pgettext_lazy("state of a license", "Choose a state")), *State.choices],
        error_messages={"required": _("Choose the state that gave the license.")},
    )
    reason = _written(
        _("Reason"),
        longest=CorrectionRequest._meta.get_field("reason").max_length,
        missing=_("Write why it is corrected."),
        help_text=_("It stays in the record with your name. The holder does not see it."),
    )

    def __init__(self, data: dict | None, certificate: Certificate) -> None:
        license = certificate.document.license
        first = {"license_number": license.number, "license_state": license.state}
        super().__init__(data, initial={"printed_name": certificate.printed_name, **first})
        if license == License():
            del self.fields["license_number"], self.fields["license_state"]

    @property
    def license(self) -> License:
        chosen = self.cleaned_data
        return License(number=chosen.get("license_number", ""), state=chosen.get("license_state", ""))


class DecisionForm(forms.Form):
    """One of several on a page: `prefix` keeps their ids apart. Whoever is refused is told why."""

    use_required_attribute = False
    answer = _written(
        _("Answer to the learner"),
        longest=CorrectionRequest._meta.get_field("answer").max_length,
        missing=_("Write why it is refused: the learner reads it."),
        rows=2,
        required=False,
        help_text=_("The learner reads it. It may stay empty when you approve."),
    )

    def __init__(self, data: dict | None = None, *, request: int, refuses: bool = False) -> None:
        super().__init__(data, prefix=f"correction-{request}")
        self.fields["answer"].required = refuses


class RevokeForm(forms.Form):
    use_required_attribute = False
    category = forms.ChoiceField(
        label=_("Reason that everybody may read"),
        choices=RevocationCategory.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the reason that everybody may read.")},
    )
    note = _written(
        _("Private note"),
        longest=NOTE_LENGTH,
        missing=_("Write what happened: whoever is asked about it later finds it here."),
        help_text=_("It stays in the record with your name. Neither the holder nor the public sees it."),
    )
    sure = forms.BooleanField(
        label=_("I know that this cannot be taken back"),
        error_messages={"required": _("Tick this to go on: a revoked certificate never becomes valid again.")},
    )


class ReissueForm(forms.Form):
    """`release` is where a replacement takes its credit from."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=_("What shall happen?"),
        choices=ReissueKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what shall happen.")},
    )
    release = forms.ModelChoiceField(
        label=_("Edition to take the credit from"),
        queryset=Release.objects.none(),
        required=False,
        to_field_name="number",
        empty_label=pgettext_lazy("edition", "Choose an edition"),
        help_text=_("Only for replacing: what the new certificates say of the credit stands in this edition."),
        error_messages={"invalid_choice": _("Choose one of the editions of this module.")},
    )
    reason = _written(
        _("Reason"),
        longest=Reissue._meta.get_field("reason").max_length,
        missing=_("Write why: it stays in the record of every certificate."),
        help_text=_("It stays in the record of every certificate, with your name. The holders do not see it."),
    )

    def __init__(self, data: dict | None, module: Module) -> None:
        super().__init__(data)
        releases = self.fields["release"]
        releases.queryset = module.releases.defer("document").order_by("-number")
        releases.label_from_instance = lambda release: _("Edition %(edition)s") % {"edition": release.number}

    def clean(self) -> None:
        chosen = self.cleaned_data
        if chosen.get("kind") == ReissueKind.REPLACE and not chosen.get("release") and "release" not in self.errors:
            self.add_error("release", _("Choose the edition that says what the credit is now."))
        if chosen.get("kind") == ReissueKind.REDRAW:
            chosen["release"] = None
