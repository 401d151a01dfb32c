"""The file of a package that somebody brings in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.packages.archive import MAX_BYTES
from studio.forms.fields import ContentField


class PackageForm(forms.Form):
    use_required_attribute = False
    file = ContentField(
        label=_("Package (ZIP file)"),
        help_text=_("At most 20 MB, unpacked too."),
        accept=".zip,application/zip",
        largest=MAX_BYTES,
        too_large=_("This file is larger than 20 MB."),
    )
