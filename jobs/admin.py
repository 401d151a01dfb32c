from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from jobs import services
from jobs.models import Job, Mail
from jobs.read_only import ReadOnly


@admin.register(Job)
class JobAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["id", "kind", "state", "attempts", "run_after", "finished_at", "error"]
    list_filter = ["state", "kind"]
    search_fields = ["key"]
    actions = ["try_again"]

    @admin.action(description=_("Try failed jobs again"))
    def try_again(self, request: HttpRequest, queryset: QuerySet[Job]) -> None:
        for job in queryset:
            services.retry(job=job)


@admin.register(Mail)
class MailAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["recipient", "subject", "language", "created_at", "sent_at"]
    search_fields = ["recipient"]
    exclude = ["body", "html"]
