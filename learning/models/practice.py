from django.db import models
from django.utils.translation import gettext_lazy as _

from learning.models.enrolments import Enrolment
from learning.models.facts import Fact


class CheckAnswer(Fact):
    """A go at a check or sort inside a lesson. `chosen`: option keys, or item key → category key for a sort."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="check_answers")
    step = models.SlugField(_("step"), max_length=80)
    block = models.SlugField(_("block"), max_length=80)
    number = models.PositiveSmallIntegerField(_("number"))
    chosen = models.JSONField(_("chosen"))

    class Meta(Fact.Meta):
        verbose_name = _("check answer")
        verbose_name_plural = _("check answers")
        ordering = ["id"]
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["enrolment", "step", "block", "number"], name="check_answer_number"),
        ]


class CaseDecision(Fact):
    """A decision at a node of a practice case, in one of its runs; a run can pass a node once."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="case_decisions")
    step = models.SlugField(_("step"), max_length=80)
    run = models.PositiveSmallIntegerField(_("run"))
    node = models.SlugField(_("node"), max_length=80)
    choice = models.SlugField(_("choice"), max_length=80)

    class Meta(Fact.Meta):
        verbose_name = _("case decision")
        verbose_name_plural = _("case decisions")
        ordering = ["id"]
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["enrolment", "step", "run", "node"], name="case_decision_once_a_node"),
        ]
