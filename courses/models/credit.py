from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.choices import CreditType
from courses.models.keyed import Keyed, choices_of, unique_key
from courses.models.modules import Module

ADDRESS = 300  # characters


def every_language() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


class CreditOffer(Keyed):
    """What somebody may earn with a module: from whom, how much, for which professions and in which languages.

    No professions: everyone. `extra` holds lines that only this kind of credit asks for.
    """

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="offers")
    type = models.CharField(_("type of credit"), max_length=20, choices=choices_of(CreditType))
    amount = models.DecimalField(
        _("amount"), max_digits=5, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    professions = models.JSONField(_("professions"), default=list, blank=True)
    languages = models.JSONField(_("languages that earn it"), default=every_language)
    name = models.CharField(_("name"), max_length=160)
    provider = models.CharField(_("provider"), max_length=200)
    provider_address = models.CharField(_("address of the provider"), max_length=ADDRESS, blank=True)
    provider_number = models.CharField(_("number of the provider"), max_length=80, blank=True)
    activity_number = models.CharField(_("number of the activity"), max_length=80, blank=True)
    format = models.CharField(_("format"), max_length=120)
    statement = models.CharField(_("accreditation statement"), max_length=500)
    extra = models.CharField(_("further lines"), max_length=300, blank=True)
    signatory = models.CharField(_("signed by"), max_length=120, blank=True)
    signatory_role = models.CharField(_("role of who signs"), max_length=160, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    valid_months = models.PositiveSmallIntegerField(_("months until it expires"), null=True, blank=True)
    needs_license = models.BooleanField(_("asks for the license"), default=False)
    needs_nabp = models.BooleanField(_("asks for the NABP e-Profile"), default=False)

    class Meta(Keyed.Meta):
        verbose_name = _("credit offer")
        verbose_name_plural = _("credit offers")
        constraints = [
            unique_key("credit_offer_key", "module"),
            models.CheckConstraint(condition=Q(type__in=list(CreditType)), name="credit_offer_type"),
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gt=0), name="credit_offer_amount"),
            models.CheckConstraint(
                condition=~Q(type=CreditType.COMPLETION) | Q(amount__isnull=True),
                name="credit_offer_completion_is_plain",
            ),
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="credit_offer_days_in_order"),
            models.CheckConstraint(
                condition=Q(valid_months__isnull=True) | Q(valid_months__gt=0), name="credit_offer_months"
            ),
            models.CheckConstraint(
                condition=Q(needs_nabp=False) | Q(type=CreditType.ACPE), name="credit_offer_nabp_for_pharmacy"
            ),
        ]
