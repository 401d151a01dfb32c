from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.choices import SurveyKind
from courses.models.keyed import Keyed, choices_of, unique_key
from courses.models.modules import Step


class SurveyItem(Keyed):
    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="survey_items")
    kind = models.CharField(_("kind"), max_length=10, choices=choices_of(SurveyKind))
    prompt = models.CharField(_("question"), max_length=400)
    low = models.CharField(_("lowest"), max_length=80, blank=True)
    high = models.CharField(_("highest"), max_length=80, blank=True)

    class Meta(Keyed.Meta):
        constraints = [
            unique_key("survey_item_key", "step"),
            models.CheckConstraint(condition=models.Q(kind__in=list(SurveyKind)), name="survey_item_kind"),
        ]


class SurveyOption(Keyed):
    item = models.ForeignKey(SurveyItem, on_delete=models.CASCADE, related_name="options")
    text = models.CharField(_("text"), max_length=200)

    class Meta(Keyed.Meta):
        constraints = [unique_key("survey_option_key", "item")]
