from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from support import contacts

EXAMPLE = '[{"label": {"en": "Call 911", "es": "Llame al 911"}, "href": "tel:911"}]'


def validate_contacts(value: object) -> None:
    if problems := contacts.problems(value):
        raise ValidationError(problems)


class HelpLine(models.Model):
    """A number or an address to turn to. Numbers change, so each says when somebody last checked it."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    urgent = models.BooleanField(_("urgent"), default=False, help_text=_("Shown first, on every page."))
    name = models.CharField(_("name"), max_length=120)
    note = models.CharField(_("when to use it"), max_length=300)
    contacts = models.JSONField(_("contacts"), default=list, help_text=EXAMPLE, validators=[validate_contacts])
    checked_on = models.DateField(_("checked on"))

    class Meta:
        verbose_name = _("help line")
        verbose_name_plural = _("help lines")
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.key
