"""The back office reads facts; nobody edits or deletes them here."""

from django.contrib import admin

from jobs.read_only import ReadOnly
from learning import models


@admin.register(models.Enrolment)
class EnrolmentAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["user", "module", "release", "setting", "locale", "started_at", "completed_at"]
    list_filter = ["module", "setting", "locale"]
    list_select_related = ["user", "module", "release__module"]
    search_fields = ["user__email"]


class FactAdmin(ReadOnly, admin.ModelAdmin):
    list_select_related = ["enrolment"]
    search_fields = ["enrolment__user__email"]


@admin.register(models.Visit)
class VisitAdmin(FactAdmin):
    list_display = ["enrolment", "step", "at", "finished_at", "locale", "setting"]


class ResponseInline(ReadOnly, admin.TabularInline):
    model = models.Response


@admin.register(models.Attempt)
class AttemptAdmin(FactAdmin):
    list_display = ["enrolment", "stage", "number", "form", "at", "submitted_at", "score", "passed"]
    inlines = [ResponseInline]


@admin.register(models.CheckAnswer)
class CheckAnswerAdmin(FactAdmin):
    list_display = ["enrolment", "step", "block", "number", "chosen", "at"]


@admin.register(models.SurveyDone)
class SurveyDoneAdmin(FactAdmin):
    list_display = ["enrolment", "at", "locale", "setting"]


@admin.register(models.SettingChoice)
class SettingChoiceAdmin(FactAdmin):
    list_display = ["enrolment", "before", "setting", "at", "locale"]


@admin.register(models.EditionMove)
class EditionMoveAdmin(FactAdmin):
    list_display = ["enrolment", "before", "release", "at", "locale"]
    list_select_related = ["enrolment", "before", "release"]


@admin.register(models.CaseDecision)
class CaseDecisionAdmin(FactAdmin):
    list_display = ["enrolment", "step", "run", "node", "choice", "at"]


@admin.register(models.Completion)
class CompletionAdmin(FactAdmin):
    list_display = ["enrolment", "at", "setting", "locale", "score"]


@admin.register(models.AttemptGrant)
class AttemptGrantAdmin(FactAdmin):
    list_display = ["enrolment", "stage", "reason", "by", "at"]
    list_select_related = ["enrolment", "by"]
