from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.choices import LOCALES, Accent, Stage, StepKind
from courses.models.keyed import Keyed, choices_of, unique_key


class Setting(Keyed):
    """Where somebody works: what a path is chosen by."""

    key = models.SlugField(_("key"), max_length=80, unique=True)
    icon = models.SlugField(_("icon"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    places = models.CharField(_("places"), max_length=240)

    class Meta(Keyed.Meta):
        verbose_name = _("professional setting")
        verbose_name_plural = _("professional settings")


class Module(models.Model):
    """The draft of a module. Learners never read it: they read releases."""

    key = models.SlugField(_("key"), max_length=80, unique=True)
    source_locale = models.CharField(_("written in"), max_length=5, choices=settings.LANGUAGES, default="en")
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("summary"), max_length=500)
    description = models.TextField(_("description"))
    audience = models.CharField(_("audience"), max_length=500)
    authors = models.CharField(_("authors"), max_length=500)
    provider = models.CharField(_("provider"), max_length=200)
    credit = models.CharField(_("credit"), max_length=300)
    statement = models.CharField(_("statement"), max_length=500)
    settings = models.ManyToManyField(Setting, verbose_name=_("professional settings"), blank=True)
    sign_offs = models.JSONField(_("sign-offs asked for"), default=list, blank=True)
    pass_mark = models.PositiveSmallIntegerField(_("pass mark, per cent"), validators=[MaxValueValidator(100)])
    attempts_allowed = models.PositiveSmallIntegerField(_("attempts allowed"), null=True, blank=True)
    released_on = models.DateField(_("release date"))
    review_on = models.DateField(_("review date"))
    terminates_on = models.DateField(_("termination date"))

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")
        ordering = ["released_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(source_locale__in=list(LOCALES)), name="module_source_locale"),
            models.CheckConstraint(condition=Q(pass_mark__lte=100), name="module_pass_mark_is_per_cent"),
            models.CheckConstraint(
                condition=Q(attempts_allowed__isnull=True) | Q(attempts_allowed__gt=0), name="module_attempts_positive"
            ),
            models.CheckConstraint(
                condition=Q(released_on__lte=F("review_on"), review_on__lte=F("terminates_on")),
                name="module_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Objective(Keyed):
    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="objectives")
    text = models.CharField(_("text"), max_length=300)

    class Meta(Keyed.Meta):
        constraints = [unique_key("objective_key", "module")]


class Source(Keyed):
    """Where a fact comes from, and when somebody last looked."""

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="sources")
    citation = models.CharField(_("citation"), max_length=600)
    url = models.URLField(_("address"), max_length=500, blank=True)
    checked_on = models.DateField(_("checked on"))

    class Meta(Keyed.Meta):
        constraints = [unique_key("source_key", "module")]


class Section(Keyed):
    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="sections")
    title = models.CharField(_("title"), max_length=120)
    accent = models.CharField(_("accent"), max_length=20, choices=choices_of(Accent), default=Accent.NEUTRAL)

    class Meta(Keyed.Meta):
        constraints = [
            unique_key("section_key", "module"),
            models.CheckConstraint(condition=Q(accent__in=list(Accent)), name="section_accent"),
        ]


class Step(Keyed):
    """One stop on the path: a lesson, a case, a test or the survey. No settings: it belongs to everyone."""

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="steps")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(_("kind"), max_length=20, choices=choices_of(StepKind))
    settings = models.ManyToManyField(Setting, verbose_name=_("professional settings"), blank=True)
    objective = models.ForeignKey(Objective, on_delete=models.SET_NULL, null=True, blank=True)
    sources = models.ManyToManyField(Source, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    title = models.CharField(_("title"), max_length=200)
    content_note = models.TextField(_("content note"), blank=True)
    summary = models.TextField(_("summary"), blank=True)
    intro = models.TextField(_("introduction"), blank=True)
    stage = models.CharField(_("stage"), max_length=4, choices=choices_of(Stage), blank=True)
    start = models.SlugField(_("first node"), max_length=80, blank=True)

    class Meta(Keyed.Meta):
        ordering = ["section__position", "position", "id"]
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints = [
            unique_key("step_key", "module"),
            models.CheckConstraint(condition=Q(kind__in=list(StepKind)), name="step_kind"),
            models.CheckConstraint(
                condition=Q(kind=StepKind.TEST, stage__in=list(Stage)) | ~Q(kind=StepKind.TEST) & Q(stage=""),
                name="step_stage_of_tests_only",
            ),
            models.UniqueConstraint(
                fields=["module", "stage"], condition=~Q(stage="") & Q(archived=False), name="step_one_test_a_stage"
            ),
            models.UniqueConstraint(
                fields=["module"], condition=Q(kind=StepKind.SURVEY, archived=False), name="step_one_survey"
            ),
        ]
