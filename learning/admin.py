"""The back office reads facts; nobody edits or deletes them here."""

from django.contrib import admin
from django.http import HttpRequest

from learning import models


class ReadOnly(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


@admin.register(models.Enrolment)
class EnrolmentAdmin(ReadOnly):
    list_display = ["user", "module", "release", "setting", "locale", "started_at", "completed_at"]
    list_filter = ["module", "setting", "locale"]
    list_select_related = ["user", "module", "release__module"]
    search_fields = ["user__email"]


class FactAdmin(ReadOnly):
    list_select_related = ["enrolment"]
    search_fields = ["enrolment__user__email"]


@admin.register(models.Visit)
class VisitAdmin(FactAdmin):
    list_display = ["enrolment", "step", "at", "finished_at", "locale", "setting"]


class ResponseInline(admin.TabularInline):
    model = models.Response
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


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


@admin.register(models.CaseDecision)
class CaseDecisionAdmin(FactAdmin):
    list_display = ["enrolment", "step", "run", "node", "choice", "at"]


@admin.register(models.Completion)
class CompletionAdmin(FactAdmin):
    list_display = ["enrolment", "at", "setting", "locale", "score"]
