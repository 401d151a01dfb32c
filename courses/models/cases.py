from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.choices import Ending
from courses.models.keyed import Keyed, choices_of, unique_key
from courses.models.modules import Step


class CaseNode(Keyed):
    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="nodes")
    body = models.TextField(_("what happens"))
    ending = models.CharField(_("ending"), max_length=10, choices=choices_of(Ending), blank=True)

    class Meta(Keyed.Meta):
        verbose_name = _("case node")
        verbose_name_plural = _("case nodes")
        constraints = [
            unique_key("case_node_key", "step"),
            models.CheckConstraint(condition=Q(ending__in=["", *Ending]), name="case_node_ending"),
        ]


class CaseChoice(Keyed):
    node = models.ForeignKey(CaseNode, on_delete=models.CASCADE, related_name="choices")
    to = models.ForeignKey(CaseNode, on_delete=models.CASCADE, related_name="arrivals")
    text = models.CharField(_("text"), max_length=400)
    feedback = models.TextField(_("feedback"))

    class Meta(Keyed.Meta):
        constraints = [unique_key("case_choice_key", "node")]
