"""Drafts can be looked up and mended here; releases can only be read."""

from django.contrib import admin
from modeltranslation.admin import TranslationAdmin, TranslationTabularInline

from courses import models
from jobs.read_only import ReadOnly


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


class ReleaseEventInline(ReadOnly, admin.TabularInline):
    model = models.ReleaseEvent


@admin.register(models.Release)
class ReleaseAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["module", "number", "locales", "digest", "created_at", "created_by"]
    exclude = ["document"]
    inlines = [ReleaseEventInline]
