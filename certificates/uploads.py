"""A file that somebody wants compared with what was issued. It is neither stored nor read as what it claims to be."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

LARGEST = 1024 * 1024


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("The certificate as a PDF file"),
        help_text=_("Up to 1 MB. We compare it and forget it: nothing is stored."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={
            "required": _("Choose the file."),
            "empty": _("This file is empty."),
            "invalid": _("Choose the file."),
        },
    )

    def clean_file(self) -> UploadedFile:
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST:
            raise forms.ValidationError(_("This file is larger than 1 MB. Files that we issue are smaller."))
        return upload
