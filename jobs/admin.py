from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from jobs import services
from jobs.models import Job, Mail


class ReadOnlyAdmin(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ["id", "kind", "state", "attempts", "run_after", "finished_at", "error"]
    list_filter = ["state", "kind"]
    search_fields = ["key"]
    actions = ["try_again"]

    @admin.action(description=_("Try failed jobs again"))
    def try_again(self, request: HttpRequest, queryset: QuerySet[Job]) -> None:
        for job in queryset:
            services.retry(job=job)


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    list_display = ["recipient", "subject", "language", "created_at", "sent_at"]
    search_fields = ["recipient"]
    exclude = ["body", "html"]
