from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import Release
from learning.models.enrolments import Enrolment
from learning.models.facts import Fact


class SurveyDone(Fact):
    """That a learner answered; what they answered is stored without them."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="survey_done")

    class Meta(Fact.Meta):
        verbose_name = _("survey done")
        verbose_name_plural = _("surveys done")


class SurveyAnswer(models.Model):
    """An answer nobody can link to a learner: no person, no time, only the month, and no number in order of arrival."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="survey_answers")
    month = models.DateField(_("month"))
    item = models.SlugField(_("item"), max_length=80)
    value = models.TextField(_("answer"))

    class Meta:
        verbose_name = _("survey answer")
        verbose_name_plural = _("survey answers")
        constraints = [models.CheckConstraint(condition=models.Q(month__day=1), name="survey_answer_month_only")]
