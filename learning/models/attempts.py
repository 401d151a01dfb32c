from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.choices import Form, Stage
from courses.models import Release
from courses.models.keyed import choices_of
from learning.models.enrolments import Enrolment
from learning.models.facts import Fact


class Attempt(Fact):
    """One go at a test, with a copy of the rules it began under. `at` is its start."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attempts")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(_("stage"), max_length=4, choices=choices_of(Stage))
    number = models.PositiveSmallIntegerField(_("number"))
    form = models.CharField(_("form"), max_length=1, choices=choices_of(Form))
    pass_mark = models.PositiveSmallIntegerField(_("pass mark, per cent"))
    attempts_allowed = models.PositiveSmallIntegerField(_("attempts allowed"), null=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    right = models.PositiveSmallIntegerField(_("right answers"), null=True, blank=True)
    score = models.PositiveSmallIntegerField(_("score, per cent"), null=True, blank=True)
    passed = models.BooleanField(_("passed"), null=True, blank=True)

    class Meta(Fact.Meta):
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["id"]
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["enrolment", "stage", "number"], name="attempt_number"),
            models.UniqueConstraint(
                fields=["enrolment", "stage"], condition=Q(submitted_at__isnull=True), name="attempt_one_open"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, right__isnull=True, score__isnull=True, passed__isnull=True)
                | Q(
                    submitted_at__isnull=False,
                    right__isnull=False,
                    score__isnull=False,
                    score__lte=100,
                    passed__isnull=False,
                ),
                name="attempt_result_with_submission",
            ),
            models.CheckConstraint(condition=Q(stage__in=list(Stage)), name="attempt_stage"),
            models.CheckConstraint(condition=Q(form__in=list(Form)), name="attempt_form"),
        ]


class AttemptGrant(models.Model):
    """One more attempt than the edition allows, given by somebody for a reason."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attempt_grants")
    stage = models.CharField(_("stage"), max_length=4, choices=choices_of(Stage))
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("granted attempt")
        verbose_name_plural = _("granted attempts")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="attempt_grant_has_reason"),
            models.CheckConstraint(condition=Q(stage__in=list(Stage)), name="attempt_grant_stage"),
        ]


class Response(models.Model):
    """One question of an attempt, created with it. Pages and the API speak of positions, never of keys:

    `place` is the question's place on the page, from 1; `order` the option keys as shown; `chosen` option keys.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="responses")
    place = models.PositiveSmallIntegerField(_("place"))
    question = models.SlugField(_("question"), max_length=80)
    order = models.JSONField(_("options as shown"))
    chosen = models.JSONField(_("chosen"), default=list, blank=True)
    saved_at = models.DateTimeField(_("saved"), null=True, blank=True)
    locale = models.CharField(_("language"), max_length=5, blank=True)

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        ordering = ["attempt", "place"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "place"], name="response_place"),
            models.UniqueConstraint(fields=["attempt", "question"], name="response_question"),
        ]
