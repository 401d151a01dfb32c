"""Fields that several forms of the studio are made of."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class UncutField(forms.CharField):
    """No `maxlength`: a browser would cut a pasted text unasked. The answer says instead how much too long it is."""

    default_error_messages = {
        "max_length": _(
            "This text has %(show_value)d characters; there is room for %(limit_value)d. Please shorten it."
        )
    }

    def widget_attrs(self, widget: forms.Widget) -> dict:
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class ContentField(forms.FileField):
    """Gives the bytes of a file that is not larger than `largest`; `too_large` says so."""

    default_error_messages = {"required": _("Choose a file."), "empty": _("This file is empty.")}

    def __init__(self, *, accept: str, largest: int, too_large: str, **kwargs) -> None:
        super().__init__(widget=forms.FileInput(attrs={"accept": accept}), **kwargs)
        self.largest, self.too_large = largest, too_large

    def clean(self, data, initial=None) -> bytes:
        file = super().clean(data, initial)
        if file.size > self.largest:
            raise ValidationError(self.too_large)
        return file.read()
