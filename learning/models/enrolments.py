import msgspec
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.choices import Form
from courses.document import Document
from courses.models import Module, Release
from courses.models.keyed import choices_of
from courses.paths import path
from learning.models.facts import Fact
from learning.progress import Progress, Summary


class Enrolment(models.Model):
    """A learner in one edition of a module. `summary` is computed from the facts and written with them."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="enrolments")
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="enrolments")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="enrolments")
    setting = models.SlugField(_("professional setting"), max_length=80)
    locale = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    pre_form = models.CharField(_("form of the first test"), max_length=1, choices=choices_of(Form))
    summary = models.JSONField(_("summary"), default=dict)
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "module"], condition=Q(completed_at__isnull=True), name="enrolment_one_open"
            ),
            models.CheckConstraint(condition=Q(pre_form__in=list(Form)), name="enrolment_pre_form"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}/{self.module_id}"

    @property
    def content(self) -> Document:
        return self.release.content

    @property
    def facts(self) -> Summary:
        return msgspec.convert(self.summary, Summary)

    @property
    def progress(self) -> Progress:
        return Progress(path(self.content, self.setting), self.facts.finished)


class FormBalance(models.Model):
    """How many learners of one module, setting and language began; its parity picks the next one's first form."""

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="+")
    setting = models.SlugField(max_length=80)
    locale = models.CharField(max_length=5)
    begun = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["module", "setting", "locale"], name="form_balance_cell")]


class SettingChoice(Fact):
    """`setting` is what was chosen, at enrolment or later; `before` what it replaced."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="setting_choices")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    before = models.SlugField(_("before"), max_length=80, blank=True)

    class Meta(Fact.Meta):
        verbose_name = _("choice of setting")
        verbose_name_plural = _("choices of setting")
        ordering = ["id"]
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=~Q(before=models.F("setting")), name="setting_choice_is_a_change"),
        ]


class EditionMove(Fact):
    """A learner went on in another edition of the module: `release` is the new one, `before` the one left."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="edition_moves")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    before = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")

    class Meta(Fact.Meta):
        verbose_name = _("move to another edition")
        verbose_name_plural = _("moves to another edition")
        ordering = ["id"]
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=~Q(before=models.F("release")), name="edition_move_is_a_change"),
        ]


class Visit(Fact):
    """A learner at a step: `at` is the first opening, `finished_at` the finishing; each is written once."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="visits")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    step = models.SlugField(_("step"), max_length=80)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    last_block = models.SlugField(_("last block seen"), max_length=80, blank=True)

    class Meta(Fact.Meta):
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ["id"]
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["enrolment", "step"], name="visit_once_a_step"),
        ]


class Completion(Fact):
    """The last needed fact was written: what a certificate is issued for. Frozen with what held at that moment."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="completion")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField(_("score, per cent"))

    class Meta(Fact.Meta):
        verbose_name = _("completion")
        verbose_name_plural = _("completions")
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=Q(score__lte=100), name="completion_score_is_per_cent"),
        ]
