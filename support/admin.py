from django.contrib import admin
from modeltranslation.admin import TranslationAdmin

from support.models import HelpLine
from support.queries import forget_help_lines


@admin.register(HelpLine)
class HelpLineAdmin(TranslationAdmin):
    list_display = ["key", "position", "urgent", "checked_on"]

    def save_model(self, request, obj: HelpLine, form, change: bool) -> None:
        super().save_model(request, obj, form, change)
        forget_help_lines()
