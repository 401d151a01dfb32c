"""Drafts can be looked up and mended here; releases can only be read."""

from django.contrib import admin
from django.http import HttpRequest
from modeltranslation.admin import TranslationAdmin, TranslationTabularInline

from courses import models


@admin.register(models.Setting)
class SettingAdmin(TranslationAdmin):
    list_display = ["key", "name", "position"]


@admin.register(models.Module)
class ModuleAdmin(TranslationAdmin):
    list_display = ["key", "title", "released_on", "terminates_on"]


class BlockInline(TranslationTabularInline):
    model = models.Block
    extra = 0
    show_change_link = True
    fields = ["key", "position", "kind", "heading", "body"]


@admin.register(models.Step)
class StepAdmin(TranslationAdmin):
    list_display = ["key", "module", "section", "kind", "minutes"]
    list_filter = ["module", "kind"]
    list_select_related = ["module", "section"]
    inlines = [BlockInline]


class OptionInline(TranslationTabularInline):
    model = models.Option
    extra = 0
    fields = ["key", "position", "text", "correct", "feedback"]


@admin.register(models.Question)
class QuestionAdmin(TranslationAdmin):
    list_display = ["key", "module", "form", "objective"]
    list_filter = ["module", "form", "objective"]
    list_select_related = ["module", "objective"]
    inlines = [OptionInline]


class ReleaseEventInline(admin.TabularInline):
    model = models.ReleaseEvent
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


@admin.register(models.Release)
class ReleaseAdmin(admin.ModelAdmin):
    list_display = ["module", "number", "locales", "digest", "created_at", "created_by"]
    exclude = ["document"]
    inlines = [ReleaseEventInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False
