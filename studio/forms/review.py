"""What is sent on the page of review and publishing, and on a release's own page."""

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.choices import LOCALES, Availability
from courses.models import ReleaseEvent, ReviewRequest, SignOff
from studio.forms.fields import UncutField
from studio.presenting.labels import SIGN_OFFS
from studio.wording import LANGUAGES


def _note(model: type, column: str, *, rows: int = 3, **fields) -> UncutField:
    longest = model._meta.get_field(column).max_length
    return UncutField(max_length=longest, widget=forms.Textarea({"rows": rows}), **fields)


class AskForm(forms.Form):
    note = _note(
        ReviewRequest, "note", label=_("What should reviewers look at?"), required=False, help_text=_("May stay empty.")
    )


class AskedForm(forms.Form):
    """Whose sign-off the module asks for."""

    kinds = forms.MultipleChoiceField(
        label=_("Before it is published, a draft must be approved by"),
        choices=list(SIGN_OFFS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick none if nobody has to be asked."),
    )


class SignForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("My part in this review"),
        choices=list(SIGN_OFFS.items()),
        error_messages={"required": _("Choose your part in this review.")},
    )
    verdict = forms.ChoiceField(
        label=_("What do you say of this draft?"),
        choices=[
            ("approve", pgettext_lazy("sign-off", "I approve it")),
            ("refuse", pgettext_lazy("sign-off", "It is not ready yet")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you approve it.")},
    )
    note = _note(
        SignOff,
        "note",
        label=_("Note"),
        required=False,
        help_text=_("Needed when it is not ready: what has to change."),
    )
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)

    @property
    def approved(self) -> bool:
        return self.cleaned_data["verdict"] == "approve"

    def clean(self) -> None:
        if self.cleaned_data.get("verdict") == "refuse" and not self.cleaned_data.get("note", "unchecked"):
            self.add_error("note", _("Say what has to change, so that the authors know."))


class PublishForm(forms.Form):
    """`latest` is the number of the newest edition that the page showed, `digest` the draft's."""

    locales = forms.MultipleChoiceField(
        label=_("Publish in"),
        choices=[(locale, LANGUAGES[locale]) for locale in LOCALES],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one language.")},
    )
    note = _note(
        ReleaseEvent,
        "reason",
        label=_("Note on this edition"),
        required=False,
        help_text=_("What changed and why, for the people who look after this training. May stay empty."),
    )
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    latest = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class EventForm(forms.Form):
    """For one thing that can be done with a language of an edition; only opening it again may do without a reason."""

    reason = _note(ReleaseEvent, "reason", label=_("Reason"), required=False, rows=2)

    def __init__(self, data: Mapping | None = None, *, locale: str, kind: str) -> None:
        super().__init__(data, prefix=f"{locale}-{kind}")
        self.kind = kind
        self.fields["reason"].required = kind != Availability.OPENED
        self.fields["reason"].error_messages["required"] = _("Write a reason: it is kept with the edition.")


def event_forms(locale: str, kinds: Iterable[str], sent: EventForm | None = None) -> list[EventForm]:
    """One for each thing that can be done now; the one that was sent and has to be mended takes its place."""
    made = [EventForm(locale=locale, kind=kind) for kind in kinds]
    return [sent if sent and sent.prefix == form.prefix else form for form in made]
