"""The file of a package that somebody brings in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.packages.archive import MAX_BYTES


class PackageForm(forms.Form):
    use_required_attribute = False
    file = forms.FileField(
        label=_("Package (ZIP file)"),
        help_text=_("At most 20 MB, unpacked too."),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
    )

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("This file is larger than 20 MB."))
        return file.read()
