"""The back office reads what happened to drafts and releases.

Drafts are written in the studio alone, where every edit has a history and every translation remembers its source.
"""

from django.contrib import admin

from courses import models
from jobs.read_only import ReadOnly


class ReleaseEventInline(ReadOnly, admin.TabularInline):
    model = models.ReleaseEvent


@admin.register(models.Release)
class ReleaseAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["module", "number", "locales", "digest", "created_at", "created_by"]
    exclude = ["document"]
    inlines = [ReleaseEventInline]


@admin.register(models.Change)
class ChangeAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["at", "by", "module", "place", "act"]
    list_filter = ["module", "act"]
    list_select_related = ["by", "module"]


@admin.register(models.SignOff)
class SignOffAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["at", "by", "module", "kind", "approved", "digest"]
    list_select_related = ["by", "module"]
